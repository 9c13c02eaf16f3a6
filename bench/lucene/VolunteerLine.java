/** A volunteer as a line says. */
final class VolunteerLine {
  final long causes;
  final int[] home;
  final int[] centroid;
  final int radius;
  final int languages;
  final int licences;
  final int birth;
  final int freeHours;
  final int centre;
  final int level;
  final int workforces;
  final int barredLists;
  final boolean county;
  final boolean available;
  final boolean remote;
  final long[] free;
  final byte[] credits;

  VolunteerLine(Columns line) {
    causes = line.bigNumber(1);
    home = new int[] {line.number(2), line.number(3)};
    centroid = new int[] {line.number(4), line.number(5)};
    radius = line.number(6);
    languages = line.number(7);
    licences = line.number(8);
    birth = line.number(9);
    freeHours = line.number(10);
    centre = line.number(11);
    level = line.number(12);
    workforces = line.number(13);
    barredLists = line.number(14);
    county = line.flag(15);
    available = line.flag(16);
    remote = line.flag(17);
    free = line.slots(18);
    credits = line.bytes(19);
  }

  /** Whether it is known where they live and how far they go. */
  boolean travels() {
    return home[0] != Columns.UNKNOWN && radius != Columns.UNKNOWN;
  }
}
