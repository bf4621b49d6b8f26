package dev.facet.models.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/**
 * A writer of the subset of Python's pickle protocol 2 that TorchScript archives use. Opcodes are
 * those of CPython's {@code pickletools}.
 */
final class PickleWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    out.write(0x80);
    out.write(2);
  }

  /** Ends the pickle, which then holds the value on the stack, and returns its bytes. */
  byte[] finish() {
    out.write('.');
    return out.toByteArray();
  }

  PickleWriter global(String module, String name) {
    out.write('c');
    bytes((module + "\n" + name + "\n").getBytes(UTF_8));
    return this;
  }

  /** Creates an instance of the class on the stack without calling its constructor. */
  PickleWriter instance() {
    out.write(')');
    out.write(0x81);
    return this;
  }

  /** Sets the state on the stack on the instance below it. */
  PickleWriter build() {
    out.write('b');
    return this;
  }

  PickleWriter reduce() {
    out.write('R');
    return this;
  }

  PickleWriter persistentId() {
    out.write('Q');
    return this;
  }

  PickleWriter emptyTuple() {
    out.write(')');
    return this;
  }

  PickleWriter tuple(Consumer<PickleWriter> items) {
    out.write('(');
    items.accept(this);
    out.write('t');
    return this;
  }

  PickleWriter dictionary(Consumer<PickleWriter> keysAndValues) {
    out.write('}');
    out.write('(');
    keysAndValues.accept(this);
    out.write('u');
    return this;
  }

  PickleWriter integers(List<Long> values) {
    return tuple(self -> values.forEach(self::integer));
  }

  PickleWriter list(Consumer<PickleWriter> items) {
    out.write(']');
    out.write('(');
    items.accept(this);
    out.write('e');
    return this;
  }

  PickleWriter string(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    out.write('X');
    littleEndian(utf8.length);
    bytes(utf8);
    return this;
  }

  PickleWriter bool(boolean value) {
    out.write(value ? 0x88 : 0x89);
    return this;
  }

  PickleWriter integer(long value) {
    if (value >= 0 && value < 256) {
      out.write('K');
      out.write((int) value);
    } else {
      out.write('J');
      littleEndian(Math.toIntExact(value));
    }
    return this;
  }

  private void littleEndian(int value) {
    bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }
}
