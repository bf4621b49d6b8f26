package dev.facet.local.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP sockets on which a process of this machine listens, as Linux lists them. */
final class ListeningSockets {

  private static final String LISTENING = "0A";

  private ListeningSockets() {}

  /** Returns the addresses, IPv4 and IPv6. */
  static List<InetSocketAddress> of(Process process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    Set<String> inodes = inodes(proc.resolve("fd"));
    List<InetSocketAddress> listening = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(proc.resolve(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns[3].equals(LISTENING) && inodes.contains(columns[9])) {
          listening.add(address(columns[1]));
        }
      }
    }
    return listening;
  }

  private static Set<String> inodes(Path descriptors) throws IOException {
    try (Stream<Path> links = Files.list(descriptors)) {
      return links
          .map(ListeningSockets::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Parses an address of words in the machine's byte order, a colon and a port, in hex. */
  private static InetSocketAddress address(String text) throws IOException {
    String[] parts = text.split(":");
    byte[] words = HexFormat.of().parseHex(parts[0]);
    byte[] address = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      address[i] = words[i / 4 * 4 + 3 - i % 4];
    }
    return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
  }
}
