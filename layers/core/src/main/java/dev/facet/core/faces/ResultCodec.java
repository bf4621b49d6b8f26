package dev.facet.core.faces;

/** Converts answers to the text that an operation's record keeps, and back. */
public interface ResultCodec {

  /** Returns the text of an answer; it holds no template, image or key. */
  String write(FaceAnswer answer);

  /**
   * Reads the text of an answer.
   *
   * @throws dev.facet.core.faults.InternalFault if it is no answer of this type
   */
  <A extends FaceAnswer> A read(String text, Class<A> type);
}
