package dev.facet.core.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads every line that is logged, and fails if it holds a secret that it was told of, or what has
 * the look of an image, a payload or a template: so every test is one of the log too.
 */
public final class HarmlessLog implements Consumer<String> {

  /** Base64 or hexadecimal of more than a hundred bytes; ids and stack frames are shorter. */
  private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_=-]{160,}");

  /** Two coordinates, one after the other. */
  private static final Pattern VECTOR = Pattern.compile("-?0\\.\\d{2,}[^0-9\"]{1,3}-?0\\.\\d{2,}");

  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /** Knows no secret yet. */
  public HarmlessLog() {}

  /** Forbids a secret, and what is derived from it: its SHA-256 is version 1's payload key. */
  public HarmlessLog without(String secret) {
    byte[] hash = sha256(secret);
    forbidden.addAll(
        List.of(
            secret,
            Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8)),
            HexFormat.of().formatHex(hash),
            Base64.getEncoder().withoutPadding().encodeToString(hash)));
    return this;
  }

  @Override
  public void accept(String line) {
    assertThat(forbidden).as("secrets in a line of the log").noneMatch(line::contains);
    assertThat(line).doesNotContainPattern(ENCODED).doesNotContainPattern(VECTOR);
  }

  /** The same as a stream, which hands on what was read; {@link #check} tells what is wrong. */
  public Stream before(PrintStream next) {
    return new Stream(next);
  }

  /** A log that is read when it is closed, since a service does not fail for what it logs. */
  public final class Stream {

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final PrintStream out;

    private Stream(PrintStream next) {
      out =
          new PrintStream(
              new OutputStream() {
                @Override
                public void write(int b) {
                  logged.write(b);
                  next.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                  logged.write(bytes, offset, length);
                  next.write(bytes, offset, length);
                }
              },
              true,
              UTF_8);
    }

    /** What to log to. */
    public PrintStream out() {
      return out;
    }

    /** Reads all that was logged. */
    public void check() {
      logged.toString(UTF_8).lines().forEach(HarmlessLog.this::accept);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
