/** Who sees what, and how much each part counts: how every question's line begins. */
final class Weights {
  static final int COLUMNS = 7;

  final int seesCentre; // -1: everything
  final int skills;
  final int location;
  final int availability;
  final int causes;
  final int alphaBp;
  final long causesMet;

  Weights(Columns line) {
    seesCentre = line.number(0);
    skills = line.number(1);
    location = line.number(2);
    availability = line.number(3);
    causes = line.number(4);
    alphaBp = line.number(5);
    causesMet = line.bigNumber(6);
  }
}
