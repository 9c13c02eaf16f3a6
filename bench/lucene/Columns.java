/** One line of a table as PostgreSQL's COPY writes it, read by column. */
final class Columns {
  static final int UNKNOWN = Integer.MIN_VALUE;
  private static final int BITS = 64;

  private final String[] columns;
  private final int first;

  /** The columns of {@code line} from {@code first} on. */
  Columns(String line, int first) {
    this.columns = line.split("\t", -1);
    this.first = first;
  }

  private Columns(String[] columns, int first) {
    this.columns = columns;
    this.first = first;
  }

  Columns from(int column) {
    return new Columns(columns, first + column);
  }

  String text(int column) {
    return columns[first + column];
  }

  int number(int column) {
    return isUnknown(column) ? UNKNOWN : Integer.parseInt(text(column));
  }

  long bigNumber(int column) {
    return Long.parseLong(text(column));
  }

  boolean isUnknown(int column) {
    return text(column).equals("\\N");
  }

  boolean flag(int column) {
    return text(column).equals("t");
  }

  /** Slots of a week as words of 64, the first slot in the highest bit of the first word. */
  long[] slots(int column) {
    String digits = text(column).substring(1);
    int perWord = BITS / 4;
    long[] words = new long[(digits.length() + perWord - 1) / perWord];
    for (int i = 0; i < words.length; i++) {
      String piece = digits.substring(i * perWord, Math.min(digits.length(), (i + 1) * perWord));
      words[i] = Long.parseUnsignedLong(piece, 16) << (BITS - 4 * piece.length());
    }
    return words;
  }

  byte[] bytes(int column) {
    String digits = text(column);
    int start = digits.lastIndexOf('x') + 1;
    byte[] bytes = new byte[(digits.length() - start) / 2];
    for (int i = 0; i < bytes.length; i++) {
      int at = start + 2 * i;
      bytes[i] = (byte) Integer.parseInt(digits.substring(at, at + 2), 16);
    }
    return bytes;
  }
}
