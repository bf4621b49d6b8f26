package dev.facet.local.lambda.isolated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The native library of AWS's runtime interface client, unpacked once for all processes. The client
 * itself unpacks it to one fixed path under {@code /tmp} in every process: if two processes start
 * together, the first may load the library while the second is still writing it, and crash.
 */
final class ClientLibrary implements AutoCloseable {

  private static final String OPTION =
      "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";
  private static final String JAR = "aws-lambda-java-runtime-interface-client-";

  private final Path folder;
  private final Map<Path, Path> unpacked = new ConcurrentHashMap<>();

  ClientLibrary() {
    try {
      this.folder = Files.createTempDirectory("facet-runtime-client");
    } catch (IOException e) {
      throw new UncheckedIOException("No folder can be created for the runtime client.", e);
    }
  }

  /**
   * Returns the option that makes a program's JVM load the unpacked library; empty if the client's
   * jar is not among the program's jars.
   */
  List<String> options(LaunchCommand program) {
    return program.jars().stream()
        .filter(jar -> jar.getFileName().toString().startsWith(JAR))
        .findFirst()
        .map(jar -> unpacked.computeIfAbsent(jar, this::unpack))
        .map(library -> List.of(OPTION + library))
        .orElse(List.of());
  }

  private Path unpack(Path jar) {
    String library = "libaws-lambda-jni.%s-%s.so".formatted(system(), processor());
    Path target = folder.resolve(unpacked.size() + library);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry("jni/" + library);
      if (entry == null) {
        throw new IOException("There is no %s in %s.".formatted(library, jar.getFileName()));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("The runtime client can't be unpacked.", e);
    }
  }

  private static String system() {
    String loader = "/lib/ld-musl-%s.so.1".formatted(System.getProperty("os.arch"));
    return Files.exists(Path.of(loader.replace("amd64", "x86_64"))) ? "linux_musl" : "linux";
  }

  private static String processor() {
    return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
  }

  @Override
  public void close() {
    try {
      for (Path library : unpacked.values()) {
        Files.deleteIfExists(library);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The runtime client can't be deleted.", e);
    }
  }
}
