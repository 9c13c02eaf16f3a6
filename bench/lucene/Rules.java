/** The arithmetic of matching that both directions share. */
final class Rules {
  static final long MILLION = 1_000_000;
  static final int FULL_CREDIT = 120;
  static final int LEVELS = 6;

  private static final int WHOLE_LEVEL = 60;
  private static final double EARTH_RADIUS_M = 6_371_008.8;
  private static final double RADIANS_PER_UNIT = Math.PI / 180.0 / 1e7;
  private static final double METRES_PER_UNIT = 0.011119;

  private Rules() {}

  /** a / b rounded half up. */
  static long rounded(long a, long b) {
    return (2 * a + b) / (2 * b);
  }

  /** What a code of levels (the skill's own and its parent's) is worth, in 120ths. */
  static int credit(int code, int wantedLevel) {
    int itself = Math.min(WHOLE_LEVEL, WHOLE_LEVEL * (code / LEVELS) / wantedLevel);
    int parent = Math.min(WHOLE_LEVEL, WHOLE_LEVEL * (code % LEVELS) / wantedLevel);
    return Math.max(2 * itself, parent);
  }

  static long distanceM(int latA, int lonA, int latB, int lonB) {
    double a = latA * RADIANS_PER_UNIT;
    double b = latB * RADIANS_PER_UNIT;
    double sinLat = Math.sin((b - a) / 2);
    double sinLon = Math.sin(((double) lonB - (double) lonA) * RADIANS_PER_UNIT / 2);
    double across = Math.cos(a) * Math.cos(b);
    double h = sinLat * sinLat + across * (sinLon * sinLon);
    return (long) Math.floor(2 * EARTH_RADIUS_M * Math.asin(Math.min(1.0, Math.sqrt(h))) + 0.5);
  }

  /** Half the height of a box that holds all within a radius, a little more than exact. */
  static int halfHeight(int radiusM) {
    return (int) ((radiusM + 10) / METRES_PER_UNIT);
  }

  static int halfWidth(int radiusM, int latitude) {
    return (int) (halfHeight(radiusM) / Math.cos((Math.abs(latitude) + halfHeight(radiusM)) * RADIANS_PER_UNIT)) + 1;
  }
}
