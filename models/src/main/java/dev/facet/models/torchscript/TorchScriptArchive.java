package dev.facet.models.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A writer of zip archives that PyTorch can load: entries are stored without compression, and the
 * data of each record is aligned to 64 bytes so that it can be memory-mapped. The output is
 * reproducible: equal records give equal bytes.
 */
final class TorchScriptArchive implements Closeable {

  private static final int ALIGNMENT_BYTES = 64;
  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int EXTRA_HEADER_BYTES = 4;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final CountingOutputStream out;
  private final ZipOutputStream zip;

  TorchScriptArchive(Path file) throws IOException {
    out = new CountingOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    zip = new ZipOutputStream(out);
  }

  void write(String name, byte[] data) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    entry.setCompressedSize(data.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(EPOCH);
    entry.setExtra(padding(out.written + LOCAL_HEADER_BYTES + name.getBytes(UTF_8).length));
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
    zip.flush();
  }

  /** Returns an extra field "FB", as PyTorch's own writer uses, that aligns the data after it. */
  private static byte[] padding(long position) {
    int filler = (int) (ALIGNMENT_BYTES - (position + EXTRA_HEADER_BYTES) % ALIGNMENT_BYTES);
    byte[] extra = new byte[EXTRA_HEADER_BYTES + filler];
    Arrays.fill(extra, (byte) 'Z');
    extra[0] = 'F';
    extra[1] = 'B';
    extra[2] = (byte) filler;
    extra[3] = (byte) (filler >> 8);
    return extra;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static final class CountingOutputStream extends FilterOutputStream {

    private long written;

    CountingOutputStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }
}
