import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntRange;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Who could do a role? */
final class Volunteers implements Direction {
  // What the index knows that they can do.
  private static final String CAN = "can";
  private static final String REMOTE = "remote";
  private static final String ON_SITE = "onsite";

  // Bytes of the record in doc values.
  private static final int AT_CAUSES = 0;
  private static final int AT_FREE = 8;
  private static final int AT_HOME = 56;
  private static final int AT_CENTROID = 64;
  private static final int AT_RADIUS = 72;
  private static final int AT_LANGUAGES = 76;
  private static final int AT_LICENCES = 80;
  private static final int AT_BIRTH = 84;
  private static final int AT_FREE_HOURS = 88;
  private static final int AT_CENTRE = 92;
  private static final int AT_LEVEL = 93;
  private static final int AT_WORKFORCES = 94;
  private static final int AT_BARRED_LISTS = 95;
  private static final int AT_COUNTY = 96;
  private static final int RECORD_BYTES = 97;

  @Override
  public Document documentOf(Columns line) {
    VolunteerLine volunteer = new VolunteerLine(line);
    Document document = new Document();
    document.add(new NumericDocValuesField(KEY, line.bigNumber(0)));
    if (volunteer.available && volunteer.remote) {
      term(document, CAN, REMOTE);
    }
    if (volunteer.available && volunteer.travels()) {
      term(document, CAN, ON_SITE);
    }
    for (int skill = 0; skill < volunteer.credits.length; skill++) {
      for (int level = 1; level <= volunteer.credits[skill] / Rules.LEVELS; level++) {
        term(document, "full", skill + ":" + level);
      }
    }
    for (int level = 1; level <= volunteer.level; level++) {
      term(document, "check", String.valueOf(level));
    }
    if (volunteer.travels()) {
      document.add(reachOf(volunteer));
    }
    document.add(Record.field("record", recordOf(volunteer)));
    document.add(Record.field("credits", ByteBuffer.wrap(volunteer.credits)));
    return document;
  }

  private static void term(Document document, String field, String text) {
    document.add(new StringField(field, text, Field.Store.NO));
  }

  private static IntRange reachOf(VolunteerLine volunteer) {
    int south = Math.min(volunteer.home[0], volunteer.centroid[0]);
    int north = Math.max(volunteer.home[0], volunteer.centroid[0]);
    int west = Math.min(volunteer.home[1], volunteer.centroid[1]);
    int east = Math.max(volunteer.home[1], volunteer.centroid[1]);
    int height = Rules.halfHeight(volunteer.radius);
    int width = Rules.halfWidth(volunteer.radius, north);
    return new IntRange("reach", new int[] {south - height, west - width}, new int[] {north + height, east + width});
  }

  private static ByteBuffer recordOf(VolunteerLine volunteer) {
    ByteBuffer buffer = Record.buffer(RECORD_BYTES);
    buffer.putLong(volunteer.causes);
    for (long word : volunteer.free) {
      buffer.putLong(word);
    }
    int[] numbers = {volunteer.home[0], volunteer.home[1], volunteer.centroid[0], volunteer.centroid[1],
        volunteer.radius, volunteer.languages, volunteer.licences, volunteer.birth, volunteer.freeHours};
    for (int number : numbers) {
      buffer.putInt(number);
    }
    int[] small = {volunteer.centre, volunteer.level, volunteer.workforces, volunteer.barredLists,
        volunteer.county ? 1 : 0};
    for (int number : small) {
      buffer.put((byte) number);
    }
    return buffer;
  }

  @Override
  public Question questionOf(Columns line) {
    return new VolunteersQuestion(new Weights(line), new RoleLine(line.from(Weights.COLUMNS)));
  }

  private static final class VolunteersQuestion implements Question {
    private final Weights weights;
    private final RoleLine role;

    VolunteersQuestion(Weights weights, RoleLine role) {
      this.weights = weights;
      this.role = role;
    }

    @Override
    public Query filter() {
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      filter(query, CAN, role.remote ? REMOTE : ON_SITE);
      if (!role.remote) {
        int[] place = {role.latitude, role.longitude};
        query.add(IntRange.newContainsQuery("reach", place, place), Occur.FILTER);
      }
      for (RoleLine.Wanted wanted : role.wanted) {
        if (wanted.required) {
          filter(query, "full", wanted.skill + ":" + wanted.level);
        }
      }
      if (role.level > 0) {
        filter(query, "check", String.valueOf(role.level));
      }
      return query.build();
    }

    private static void filter(BooleanQuery.Builder query, String field, String text) {
      query.add(new TermQuery(new Term(field, text)), Occur.FILTER);
    }

    @Override
    public Scorer scorer(LeafReader reader) throws IOException {
      return new VolunteerScorer(weights, role, reader);
    }
  }

  private static final class VolunteerScorer implements Scorer {
    private final Weights weights;
    private final RoleLine role;
    private final Record record;
    private final Record credits;
    private final int[][] worth; // of each wanted skill, by code
    private final long earnable;
    private long score;

    VolunteerScorer(Weights weights, RoleLine role, LeafReader reader) throws IOException {
      this.weights = weights;
      this.role = role;
      record = new Record(reader, "record");
      credits = new Record(reader, "credits");
      worth = new int[role.wanted.length][Rules.LEVELS * Rules.LEVELS];
      for (int i = 0; i < worth.length; i++) {
        for (int code = 0; code < worth[i].length; code++) {
          worth[i][code] = role.wanted[i].importance * Rules.credit(code, role.wanted[i].level);
        }
      }
      earnable = (long) Rules.FULL_CREDIT * role.importance;
    }

    @Override
    public long score() {
      return score;
    }

    @Override
    public long highest() {
      return Rules.MILLION;
    }

    @Override
    public long rank(int document, long least) throws IOException {
      record.moveTo(document);
      if (!visible() || !papersHeld()) {
        return -1;
      }
      long sum = 0;
      long weight = weights.location;
      if (role.kind != RoleLine.UNSCHEDULED) {
        long covered = covered();
        if (10_000 * covered < role.minimumCoverageBp * role.committed) {
          return -1;
        }
        sum += weights.availability * Rules.rounded(Rules.MILLION * covered, role.committed);
        weight += weights.availability;
      }
      long causes = record.longAt(AT_CAUSES);
      if (role.causes != 0 && causes != 0) {
        sum += (causes & weights.causesMet) != 0 ? weights.causes * Rules.MILLION : 0;
        weight += weights.causes;
      }
      if (role.remote) {
        sum += weights.location * Rules.MILLION;
      } else {
        long location = location();
        if (location < 0) {
          return -1;
        }
        sum += weights.location * location;
      }
      if (worth.length > 0) {
        weight += weights.skills;
        // What skills could add at most decides, before they are looked at.
        if (weight > 0 && Rules.rounded(sum + weights.skills * Rules.MILLION, weight) <= least) {
          return -1;
        }
        sum += weights.skills * skills(document);
      }
      score = weight == 0 ? 0 : Rules.rounded(sum, weight);
      return score;
    }

    private boolean visible() {
      int centre = record.byteAt(AT_CENTRE);
      return record.byteAt(AT_COUNTY) != 0
          || (weights.seesCentre < 0 || centre == weights.seesCentre) && (role.county || centre == role.centre);
    }

    private boolean papersHeld() {
      int birth = record.intAt(AT_BIRTH);
      boolean known = birth != Columns.UNKNOWN;
      return (role.bornBy == Columns.UNKNOWN || known && birth <= role.bornBy)
          && (role.bornFrom == Columns.UNKNOWN || known && birth >= role.bornFrom)
          && (role.languages & ~record.intAt(AT_LANGUAGES)) == 0
          && (role.licences & ~record.intAt(AT_LICENCES)) == 0
          && (role.level == 0
              || record.byteAt(AT_LEVEL) >= role.level
                  && (role.workforces & ~record.byteAt(AT_WORKFORCES)) == 0
                  && (role.barredLists & ~record.byteAt(AT_BARRED_LISTS)) == 0);
    }

    private long covered() {
      if (role.kind == RoleLine.FLEXIBLE) {
        return Math.min(role.committed, record.intAt(AT_FREE_HOURS));
      }
      int slots = 0;
      for (int i = 0; i < role.windows.length; i++) {
        if (role.windows[i] != 0) {
          slots += Long.bitCount(role.windows[i] & record.longAt(AT_FREE + 8 * i));
        }
      }
      return 30L * slots;
    }

    private long location() {
      int at = record.byteAt(AT_CENTRE) == role.centre ? AT_HOME : AT_CENTROID;
      int radius = record.intAt(AT_RADIUS);
      long distance = Rules.distanceM(record.intAt(at), record.intAt(at + 4), role.latitude, role.longitude);
      return distance > radius ? -1 : Rules.rounded(Rules.MILLION * (radius - distance), radius);
    }

    private long skills(int document) throws IOException {
      credits.moveTo(document);
      long earned = 0;
      for (int i = 0; i < worth.length; i++) {
        earned += worth[i][credits.byteAt(role.wanted[i].skill)];
      }
      return Rules.rounded(Rules.MILLION * earned, earnable);
    }
  }
}
