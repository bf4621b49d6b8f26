package dev.facet.checks.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a port of this machine's loopback reachable at one other address of it, that of a container
 * bridge's gateway: containers have loopbacks of their own.
 */
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final int port;
  private final Thread porter = Thread.ofVirtual().name("relay").unstarted(this::serve);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
  }

  /**
   * Starts one: the same port at another address.
   *
   * @param at an address that only containers reach; never the wildcard, which everybody reaches
   * @throws IOException if the port is taken there, or the address is not this machine's
   */
  static Relay start(InetAddress at, int port) throws IOException {
    if (at.isAnyLocalAddress()) {
      throw new IllegalArgumentException("A relay is for one address, not for all.");
    }
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(at, port), BACKLOG);
    } catch (IOException e) {
      door.close();
      throw new IOException("Containers can't be served at %s, port %d.".formatted(at, port), e);
    }
    Relay relay = new Relay(door, port);
    relay.porter.start();
    return relay;
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket caller = kept(door.accept());
        Thread.ofVirtual().start(() -> attend(caller));
      } catch (IOException gone) {
        // the caller's connection, or the door: the loop's condition tells
      }
    }
  }

  private void attend(Socket caller) {
    try {
      Socket service = kept(new Socket(InetAddress.getLoopbackAddress(), port));
      Thread.ofVirtual().start(() -> carry(caller, service));
      carry(service, caller);
    } catch (IOException absent) {
      // the caller sees its connection end, as it would see the service's refuse
      end(caller);
    }
  }

  /** Whoever comes while the relay is being closed is turned away here, or found by it. */
  private Socket kept(Socket socket) throws SocketException {
    open.add(socket);
    if (door.isClosed()) {
      end(socket);
      throw new SocketException("The relay is closed.");
    }
    return socket;
  }

  /** When one side has ended, so has the exchange. */
  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // the other side sees its connection end
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException ended) {
      // as was wanted
    }
  }

  /** Lets nobody in any more, and ends the exchanges under way. */
  @Override
  public void close() throws IOException {
    door.close();
    // until it has noticed, the door is still open for callers
    try {
      porter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(this::end);
  }
}
