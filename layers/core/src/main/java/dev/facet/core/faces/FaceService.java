package dev.facet.core.faces;

/**
 * The one service behind every handler: faces and templates in, identities out.
 *
 * <p>It runs in the face function (and in process, locally), and a remote implementation carries
 * the same commands there. Decorators (metrics, faults on purpose) need one method only.
 */
public interface FaceService {

  /**
   * Carries out a command.
   *
   * <p>A write is durable, and visible to every later command on any instance, when its answer is
   * returned. After a {@link dev.facet.core.faults.TransientFault} it may or may not have happened;
   * giving the same command with the same operation id again is harmless and returns the first
   * answer.
   *
   * @throws dev.facet.core.faults.Fault as its kinds say
   */
  <A extends FaceAnswer> A answer(FaceCommand<A> command);
}
