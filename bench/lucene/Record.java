import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/** Fixed-width numbers of a document side by side in one doc-values field: one look-up for all of them. */
final class Record {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final BinaryDocValues values;
  private byte[] bytes;
  private int offset;

  Record(LeafReader reader, String field) throws IOException {
    values = reader.getBinaryDocValues(field);
  }

  static BinaryDocValuesField field(String name, ByteBuffer buffer) {
    return new BinaryDocValuesField(name, new BytesRef(buffer.array()));
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  void moveTo(int document) throws IOException {
    values.advanceExact(document);
    BytesRef ref = values.binaryValue();
    bytes = ref.bytes;
    offset = ref.offset;
  }

  long longAt(int position) {
    return (long) LONGS.get(bytes, offset + position);
  }

  int intAt(int position) {
    return (int) INTS.get(bytes, offset + position);
  }

  int byteAt(int position) {
    return bytes[offset + position];
  }
}
