import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.MMapDirectory;

/**
 * One scene asked of Lucene: loads records.tsv of a folder into an index, asks questions.tsv, each as often as said after
 * warming up, on one thread, and writes answers.lucene.tsv.
 */
public final class Ask {
  private static final int TOP = 20;
  private static final int WARM_UP_ROUNDS = 5;
  private static final long WARM_UP_NS = 5_000_000_000L;
  private static final double BUFFER_MB = 512;

  private Ask() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("Usage: Ask FOLDER volunteers|roles REPETITIONS INDEX-FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(arguments[0]);
    Direction direction = arguments[1].equals("roles") ? new Roles() : new Volunteers();
    int repetitions = Integer.parseInt(arguments[2]);
    try (MMapDirectory directory = new MMapDirectory(Path.of(arguments[3]))) {
      load(folder.resolve("records.tsv"), direction, directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        answer(folder, direction, reader, repetitions);
      }
    }
  }

  private static void load(Path records, Direction direction, MMapDirectory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig();
    // Of equals the lower key comes first: then a later document that is no better never counts.
    config.setIndexSort(new Sort(new SortField(Direction.KEY, SortField.Type.LONG)));
    config.setRAMBufferSizeMB(BUFFER_MB);
    try (IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(records)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.addDocument(direction.documentOf(new Columns(line, 0)));
      }
      writer.forceMerge(1);
    }
  }

  private static void answer(Path folder, Direction direction, DirectoryReader reader, int repetitions)
      throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // every question is asked as if for the first time
    LeafReader leaf = reader.leaves().get(0).reader();
    List<String> lines = Files.readAllLines(folder.resolve("questions.tsv"));
    List<Direction.Question> questions = new ArrayList<>();
    for (String line : lines) {
      questions.add(direction.questionOf(new Columns(line, 1)));
    }
    warmUp(searcher, leaf, questions);
    double[][] microseconds = new double[questions.size()][repetitions];
    List<String> places = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (int i = 0; i < questions.size(); i++) {
        long began = System.nanoTime();
        Top top = ask(searcher, leaf, questions.get(i));
        long[] keys = keysOf(top, leaf);
        microseconds[i][repetition] = (System.nanoTime() - began) / 1e3;
        if (repetition == 0) {
          places.add(placesOf(top, keys));
        }
      }
    }
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(folder.resolve("answers.lucene.tsv")))) {
      for (int i = 0; i < questions.size(); i++) {
        String name = lines.get(i).substring(0, lines.get(i).indexOf('\t'));
        out.println(name + "\t" + joined(microseconds[i]) + "\t" + places.get(i));
      }
    }
  }

  private static void warmUp(IndexSearcher searcher, LeafReader leaf, List<Direction.Question> questions)
      throws IOException {
    long began = System.nanoTime();
    for (int round = 0; round < WARM_UP_ROUNDS || System.nanoTime() - began < WARM_UP_NS; round++) {
      for (Direction.Question question : questions) {
        keysOf(ask(searcher, leaf, question), leaf);
      }
    }
  }

  private static Top ask(IndexSearcher searcher, LeafReader leaf, Direction.Question question) throws IOException {
    Top top = new Top(question.scorer(leaf), TOP);
    searcher.search(question.filter(), top);
    return top;
  }

  private static long[] keysOf(Top top, LeafReader leaf) throws IOException {
    long[] keys = new long[top.size()];
    for (int place = 0; place < keys.length; place++) {
      NumericDocValues values = leaf.getNumericDocValues(Direction.KEY);
      values.advanceExact(top.document(place));
      keys[place] = values.longValue();
    }
    return keys;
  }

  private static String placesOf(Top top, long[] keys) {
    StringBuilder out = new StringBuilder();
    for (int place = 0; place < keys.length; place++) {
      out.append(place == 0 ? "" : ",").append(keys[place]).append(':').append(top.rank(place)).append(':');
      out.append(top.score(place));
    }
    return out.toString();
  }

  private static String joined(double[] values) {
    StringBuilder out = new StringBuilder();
    for (double value : values) {
      out.append(out.length() == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.1f", value));
    }
    return out.toString();
  }
}
