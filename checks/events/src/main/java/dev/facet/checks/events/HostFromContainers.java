package dev.facet.checks.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The addresses at which containers reach this machine's loopback services. SAM leaves its
 * containers on the engine's bridge even if {@code --docker-network} names the host's network. They
 * reach this machine at the bridge's gateway, where a {@link Relay} represents each service while
 * events run.
 *
 * <p>Where the engine runs in a virtual machine (Docker Desktop), the gateway is not on this
 * machine; the engine then exposes this machine's loopback to containers under a name.
 */
final class HostFromContainers implements AutoCloseable {

  /** The name of this machine in containers, for engines that run in a virtual machine. */
  static final String NAME = "host.docker.internal";

  private static final String LOOPBACK = "//127.0.0.1:";

  private final String host;
  private final boolean relayed;
  private final Map<Integer, Relay> relays = new HashMap<>();

  private HostFromContainers(String host, boolean relayed) {
    this.host = host;
    this.relayed = relayed;
  }

  /**
   * Determines the address, and whether it needs relays.
   *
   * @param host the bridge's gateway address, or the name under which the engine exposes this
   *     machine's loopback to containers
   */
  static HostFromContainers at(String host) throws IOException {
    if (!Character.isDigit(host.charAt(0))) {
      return new HostFromContainers(host, false);
    }
    boolean isLocal = isOfThisMachine(InetAddress.getByName(host));
    return new HostFromContainers(isLocal ? host : NAME, isLocal);
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try (ServerSocket trial = new ServerSocket(0, 1, address)) {
      return trial.isBound();
    } catch (IOException elsewhere) {
      return false;
    }
  }

  /** Returns variables with this machine's loopback replaced by the address for containers. */
  Map<String, String> translate(Map<String, String> environment) throws IOException {
    Map<String, String> translated = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String value = variable.getValue();
      if (value.startsWith("http:" + LOOPBACK)) {
        relay(URI.create(value).getPort());
        value = value.replace(LOOPBACK, "//" + host + ":");
      }
      translated.put(variable.getKey(), value);
    }
    return translated;
  }

  private void relay(int port) throws IOException {
    if (relayed && !relays.containsKey(port)) {
      relays.put(port, Relay.start(InetAddress.getByName(host), port));
    }
  }

  @Override
  public void close() throws IOException {
    for (Relay relay : relays.values()) {
      relay.close();
    }
  }
}
