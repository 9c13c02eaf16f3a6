import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** What could a volunteer do? */
final class Roles implements Direction {
  // Bytes of the record in doc values.
  private static final int AT_CAUSES = 0;
  private static final int AT_WINDOWS = 8;
  private static final int AT_PLACE = 56;
  private static final int AT_LANGUAGES = 64;
  private static final int AT_LICENCES = 68;
  private static final int AT_BORN_BY = 72;
  private static final int AT_BORN_FROM = 76;
  private static final int AT_COMMITTED = 80;
  private static final int AT_COVERAGE = 84;
  private static final int AT_PLACES = 88;
  private static final int AT_CONNECTIONS = 92;
  private static final int AT_IMPORTANCE = 96;
  private static final int AT_KIND = 100;
  private static final int AT_CENTRE = 101;
  private static final int AT_LEVEL = 102;
  private static final int AT_WORKFORCES = 103;
  private static final int AT_BARRED_LISTS = 104;
  private static final int AT_REMOTE = 105;
  private static final int AT_COUNTY = 106;
  private static final int AT_WANTED_COUNT = 107;
  private static final int AT_WANTED = 108; // skill, level, importance, required: a byte each
  private static final int WANTED_BYTES = 4;
  private static final int RECORD_BYTES = 128;
  private static final int BYTE = 0xff;

  @Override
  public Document documentOf(Columns line) {
    RoleLine role = new RoleLine(line);
    Document document = new Document();
    document.add(new NumericDocValuesField(KEY, line.bigNumber(0)));
    if (role.remote) {
      document.add(new StringField("remote", "t", Field.Store.NO));
    } else {
      document.add(new IntPoint("place", role.latitude, role.longitude));
    }
    document.add(Record.field("record", recordOf(role)));
    return document;
  }

  private static ByteBuffer recordOf(RoleLine role) {
    ByteBuffer buffer = Record.buffer(RECORD_BYTES);
    buffer.putLong(role.causes);
    for (long word : role.windows) {
      buffer.putLong(word);
    }
    int[] numbers = {role.latitude, role.longitude, role.languages, role.licences, role.bornBy, role.bornFrom,
        (int) role.committed, (int) role.minimumCoverageBp, (int) role.places, (int) role.connections,
        role.importance};
    for (int number : numbers) {
      buffer.putInt(number);
    }
    int[] small = {role.kind, role.centre, role.level, role.workforces, role.barredLists, role.remote ? 1 : 0,
        role.county ? 1 : 0, role.wanted.length};
    for (int number : small) {
      buffer.put((byte) number);
    }
    for (RoleLine.Wanted wanted : role.wanted) {
      buffer.put((byte) wanted.skill).put((byte) wanted.level).put((byte) wanted.importance);
      buffer.put((byte) (wanted.required ? 1 : 0));
    }
    return buffer;
  }

  @Override
  public Question questionOf(Columns line) {
    return new RolesQuestion(new Weights(line), new VolunteerLine(line.from(Weights.COLUMNS)));
  }

  private static final class RolesQuestion implements Question {
    private final Weights weights;
    private final VolunteerLine volunteer;

    RolesQuestion(Weights weights, VolunteerLine volunteer) {
      this.weights = weights;
      this.volunteer = volunteer;
    }

    @Override
    public Query filter() {
      if (!volunteer.remote) {
        return near();
      }
      return new BooleanQuery.Builder()
          .add(near(), Occur.SHOULD)
          .add(new TermQuery(new Term("remote", "t")), Occur.SHOULD)
          .build();
    }

    private Query near() {
      int height = Rules.halfHeight(volunteer.radius);
      int south = Math.min(volunteer.home[0], volunteer.centroid[0]);
      int north = Math.max(volunteer.home[0], volunteer.centroid[0]);
      int width = Rules.halfWidth(volunteer.radius, north);
      int west = Math.min(volunteer.home[1], volunteer.centroid[1]);
      int east = Math.max(volunteer.home[1], volunteer.centroid[1]);
      return IntPoint.newRangeQuery(
          "place", new int[] {south - height, west - width}, new int[] {north + height, east + width});
    }

    @Override
    public Scorer scorer(LeafReader reader) throws IOException {
      return new RoleScorer(weights, volunteer, new Record(reader, "record"));
    }
  }

  private static final class RoleScorer implements Scorer {
    private final Weights weights;
    private final VolunteerLine volunteer;
    private final Record record;
    private final int[][] credits; // by skill and wanted level
    private long score;

    RoleScorer(Weights weights, VolunteerLine volunteer, Record record) {
      this.weights = weights;
      this.volunteer = volunteer;
      this.record = record;
      credits = new int[volunteer.credits.length][Rules.LEVELS];
      for (int skill = 0; skill < credits.length; skill++) {
        for (int level = 1; level < Rules.LEVELS; level++) {
          credits[skill][level] = Rules.credit(volunteer.credits[skill], level);
        }
      }
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
      long committed = record.intAt(AT_COMMITTED);
      if (committed > 0) {
        long covered = covered(committed);
        if (10_000 * covered < record.intAt(AT_COVERAGE) * committed) {
          return -1;
        }
        sum += weights.availability * Rules.rounded(Rules.MILLION * covered, committed);
        weight += weights.availability;
      }
      long causes = record.longAt(AT_CAUSES);
      if (causes != 0 && volunteer.causes != 0) {
        sum += (causes & weights.causesMet) != 0 ? weights.causes * Rules.MILLION : 0;
        weight += weights.causes;
      }
      long earned = earned();
      if (earned < 0) {
        return -1;
      }
      long importance = record.intAt(AT_IMPORTANCE);
      if (importance > 0) {
        sum += weights.skills * Rules.rounded(Rules.MILLION * earned, Rules.FULL_CREDIT * importance);
        weight += weights.skills;
      }
      // The rank is at most the score, and the score at most what the best place would give.
      if (weight > 0 && Rules.rounded(sum + weights.location * Rules.MILLION, weight) < least) {
        return -1;
      }
      long location = record.byteAt(AT_REMOTE) != 0 ? Rules.MILLION : location();
      if (location < 0) {
        return -1;
      }
      score = weight == 0 ? 0 : Rules.rounded(sum + weights.location * location, weight);
      long capacity = 10_000L * record.intAt(AT_PLACES);
      return Rules.rounded(score * capacity, capacity + (long) weights.alphaBp * record.intAt(AT_CONNECTIONS));
    }

    private boolean visible() {
      int centre = record.byteAt(AT_CENTRE);
      return record.byteAt(AT_COUNTY) != 0
          || (weights.seesCentre < 0 || centre == weights.seesCentre)
              && (volunteer.county || centre == volunteer.centre);
    }

    private boolean papersHeld() {
      int bornBy = record.intAt(AT_BORN_BY);
      int bornFrom = record.intAt(AT_BORN_FROM);
      boolean known = volunteer.birth != Columns.UNKNOWN;
      int level = record.byteAt(AT_LEVEL);
      return (bornBy == Columns.UNKNOWN || known && volunteer.birth <= bornBy)
          && (bornFrom == Columns.UNKNOWN || known && volunteer.birth >= bornFrom)
          && (record.intAt(AT_LANGUAGES) & ~volunteer.languages) == 0
          && (record.intAt(AT_LICENCES) & ~volunteer.licences) == 0
          && (level == 0
              || volunteer.level >= level
                  && (record.byteAt(AT_WORKFORCES) & ~volunteer.workforces) == 0
                  && (record.byteAt(AT_BARRED_LISTS) & ~volunteer.barredLists) == 0);
    }

    private long covered(long committed) {
      if (record.byteAt(AT_KIND) == RoleLine.FLEXIBLE) {
        return Math.min(committed, volunteer.freeHours);
      }
      int slots = 0;
      for (int i = 0; i < volunteer.free.length; i++) {
        slots += Long.bitCount(volunteer.free[i] & record.longAt(AT_WINDOWS + 8 * i));
      }
      return 30L * slots;
    }

    /** Importance times credit over the wanted skills; -1 when a required one is not held in full. */
    private long earned() {
      long earned = 0;
      int at = AT_WANTED;
      for (int i = record.byteAt(AT_WANTED_COUNT); i > 0; i--, at += WANTED_BYTES) {
        int credit = credits[record.byteAt(at) & BYTE][record.byteAt(at + 1)];
        if (credit < Rules.FULL_CREDIT && record.byteAt(at + 3) != 0) {
          return -1;
        }
        earned += (long) record.byteAt(at + 2) * credit;
      }
      return earned;
    }

    private long location() {
      int[] from = record.byteAt(AT_CENTRE) == volunteer.centre ? volunteer.home : volunteer.centroid;
      long distance = Rules.distanceM(from[0], from[1], record.intAt(AT_PLACE), record.intAt(AT_PLACE + 4));
      long radius = volunteer.radius;
      return distance > radius ? -1 : Rules.rounded(Rules.MILLION * (radius - distance), radius);
    }
  }
}
