package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frame header of a JPEG file (ITU T.81, B.2.2).
 *
 * @param width columns
 * @param height rows
 * @param components the colour components, in order
 */
record JpegFrame(int width, int height, List<Component> components) {

  private static final int BLOCK_SIDE = 8;

  /**
   * A colour component.
   *
   * @param id its identifier in scan headers
   * @param coefficients the number of its coefficients
   */
  record Component(int id, long coefficients) {}

  /** The sampling factors of a component, 1..4 each. */
  private record Sampling(int across, int down) {

    static Sampling read(ByteReader bytes, long at) {
      return new Sampling(bytes.u8(at) >> 4, bytes.u8(at) & 0xF);
    }
  }

  /**
   * Parses a frame header.
   *
   * @param at the position after the segment's length
   * @throws InvalidRequest if it ends early, or has samples of other than 8 bits
   */
  static JpegFrame read(ByteReader bytes, int at) {
    if (bytes.u8(at) != 8) {
      throw ImageHeader.unsupported("JPEG with %d bits a channel".formatted(bytes.u8(at)));
    }
    int height = bytes.u16be(at + 1);
    int width = bytes.u16be(at + 3);
    List<Integer> entries =
        IntStream.range(0, bytes.u8(at + 5)).mapToObj(i -> at + 6 + 3 * i).toList();
    List<Sampling> sampling =
        entries.stream().map(entry -> Sampling.read(bytes, entry + 1L)).toList();
    int mostAcross = sampling.stream().mapToInt(Sampling::across).max().orElse(1);
    int mostDown = sampling.stream().mapToInt(Sampling::down).max().orElse(1);
    return new JpegFrame(
        width,
        height,
        IntStream.range(0, entries.size())
            .mapToObj(
                i ->
                    new Component(
                        bytes.u8(entries.get(i)),
                        padded(width, sampling.get(i).across(), mostAcross)
                            * padded(height, sampling.get(i).down(), mostDown)))
            .toList());
  }

  /** Returns a component's length in samples, in whole blocks. */
  private static long padded(int length, int factor, int most) {
    long samples = Math.ceilDiv((long) length * factor, Math.max(1, most));
    return Math.ceilDiv(samples, BLOCK_SIDE) * BLOCK_SIDE;
  }

  long pixels() {
    return (long) width * height;
  }

  /** Returns the number of coefficients of all components. */
  long coefficients() {
    return components.stream().mapToLong(Component::coefficients).sum();
  }

  /** Returns the number of coefficients of a component; 0 if there is none with this id. */
  long coefficients(int id) {
    return components.stream()
        .filter(component -> component.id() == id)
        .mapToLong(Component::coefficients)
        .findFirst()
        .orElse(0);
  }
}
