/** A role as its line says. */
final class RoleLine {
  static final int UNSCHEDULED = 0;
  static final int WEEKLY = 1;
  static final int FLEXIBLE = 2;

  private static final int WANTED = 18;
  private static final int MOST_WANTED = 5;
  private static final int WANTED_COLUMNS = 4;

  final long causes;
  final int latitude;
  final int longitude;
  final int languages;
  final int licences;
  final int bornBy;
  final int bornFrom;
  final long committed;
  final long minimumCoverageBp;
  final long places;
  final long connections;
  final int kind;
  final int centre;
  final int level;
  final int workforces;
  final int barredLists;
  final int importance;
  final Wanted[] wanted;
  final boolean county;
  final boolean remote;
  final long[] windows;

  static final class Wanted {
    int skill;
    int level;
    int importance;
    boolean required;
  }

  RoleLine(Columns line) {
    causes = line.bigNumber(1);
    latitude = line.number(2);
    longitude = line.number(3);
    languages = line.number(4);
    licences = line.number(5);
    bornBy = line.number(6);
    bornFrom = line.number(7);
    committed = line.bigNumber(8);
    minimumCoverageBp = line.bigNumber(9);
    places = line.bigNumber(10);
    connections = line.bigNumber(11);
    kind = line.number(12);
    centre = line.number(13);
    level = line.number(14);
    workforces = line.number(15);
    barredLists = line.number(16);
    importance = line.number(17);
    int count = 0;
    while (count < MOST_WANTED && line.number(WANTED + WANTED_COLUMNS * count + 2) > 0) {
      count++;
    }
    wanted = new Wanted[count];
    for (int i = 0; i < count; i++) {
      int column = WANTED + WANTED_COLUMNS * i;
      wanted[i] = new Wanted();
      wanted[i].skill = line.number(column);
      wanted[i].level = line.number(column + 1);
      wanted[i].importance = line.number(column + 2);
      wanted[i].required = line.number(column + 3) != 0;
    }
    county = line.flag(WANTED + WANTED_COLUMNS * MOST_WANTED);
    remote = line.flag(WANTED + WANTED_COLUMNS * MOST_WANTED + 1);
    windows = line.slots(WANTED + WANTED_COLUMNS * MOST_WANTED + 2);
  }
}
