package dev.facet.core.faces;

/**
 * The service behind every handler: it takes faces and templates and returns identities.
 *
 * <p>It runs in the face function (and in process, locally); a remote implementation sends the same
 * commands there. Decorators (metrics, fault injection) implement a single method.
 */
public interface FaceService {

  /**
   * Carries out a command.
   *
   * <p>When the answer to a write is returned, the write is durable and visible to every later
   * command on any instance. After a {@link dev.facet.core.faults.TransientFault} it may or may not
   * have happened. Repeating the same command with the same operation id is harmless and returns
   * the first answer.
   *
   * @throws dev.facet.core.faults.Fault any fault that the command lists, a transient or an
   *     internal one
   */
  <A extends FaceAnswer> A execute(FaceCommand<A> command);
}
