import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.SimpleCollector;

/** Collects the best of one segment, exactly; of equal ranks the higher score, then the earlier document. */
final class Top extends SimpleCollector {
  private final Direction.Scorer scorer;
  private final long[] ranks;
  private final long[] scores;
  private final int[] documents;
  private int size = 0;

  Top(Direction.Scorer scorer, int k) {
    this.scorer = scorer;
    this.ranks = new long[k];
    this.scores = new long[k];
    this.documents = new int[k];
  }

  int size() {
    return size;
  }

  long rank(int place) {
    return ranks[place];
  }

  long score(int place) {
    return scores[place];
  }

  int document(int place) {
    return documents[place];
  }

  @Override
  public void collect(int document) throws IOException {
    boolean full = size == ranks.length;
    long least = full ? ranks[size - 1] : -1;
    long rank = scorer.rank(document, least);
    if (rank < 0 || full && (rank < least || rank == least && scorer.score() <= scores[size - 1])) {
      return;
    }
    insert(rank, scorer.score(), document);
    if (size == ranks.length && scores[size - 1] >= scorer.highest() && ranks[size - 1] >= scorer.highest()) {
      throw new CollectionTerminatedException();
    }
  }

  private void insert(long rank, long score, int document) {
    int place = size < ranks.length ? size++ : size - 1;
    while (place > 0 && (ranks[place - 1] < rank || ranks[place - 1] == rank && scores[place - 1] < score)) {
      ranks[place] = ranks[place - 1];
      scores[place] = scores[place - 1];
      documents[place] = documents[place - 1];
      place--;
    }
    ranks[place] = rank;
    scores[place] = score;
    documents[place] = document;
  }

  @Override
  public void setScorer(Scorable ignored) {}

  @Override
  protected void doSetNextReader(LeafReaderContext context) {
    if (context.ord > 0) {
      throw new IllegalStateException("the index was not merged into one segment");
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
