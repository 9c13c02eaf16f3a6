import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.Query;

/** One direction of matching: how a record becomes a document, and a question a query and a scorer. */
interface Direction {
  /** Documents are in the order of their keys: of equals, the earlier document comes first. */
  String KEY = "key";

  Document documentOf(Columns record);

  Question questionOf(Columns line);

  interface Question {
    /** What the index decides; the scorer decides the rest. */
    Query filter();

    Scorer scorer(LeafReader reader) throws IOException;
  }

  /** Of one question. Called for rising documents. */
  interface Scorer {
    /** The rank of the document, or -1 when it is no match or its rank is certainly not above `least`. */
    long rank(int document, long least) throws IOException;

    /** The score of the document last ranked. */
    long score();

    /** No rank is higher. */
    long highest();
  }
}
