package dev.facet.core.faces.wire;

import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import java.util.function.Consumer;

/**
 * The receiving end of a {@link FaceTransport}: decodes a command, carries it out and encodes the
 * reply. Faults are sent back as replies without their causes. Any other exception is a defect and
 * is thrown.
 */
public final class FaceEndpoint {

  private final FaceService service;
  private final Consumer<InternalFault> ours;
  private final FaceWire wire = new FaceWire();

  /**
   * Creates an endpoint in front of {@code service}.
   *
   * @param ours receives every internal fault while its cause is still known
   */
  public FaceEndpoint(FaceService service, Consumer<InternalFault> ours) {
    this.service = service;
    this.ours = ours;
  }

  /** Carries out an encoded command and returns the encoded reply. */
  public byte[] reply(byte[] command) {
    try {
      return wire.encode(service.execute(wire.decodeCommand(command)));
    } catch (Fault fault) {
      if (fault instanceof InternalFault internal) {
        ours.accept(internal);
      }
      return wire.encode(fault);
    }
  }
}
