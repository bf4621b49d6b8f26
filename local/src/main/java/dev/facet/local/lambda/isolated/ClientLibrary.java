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
 * The native part of AWS's runtime interface client, unpacked once. By itself every process unpacks
 * it to one and the same path under {@code /tmp}, and of two that begin at once the first may load
 * what the second has not finished writing, and die of it.
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
      throw new UncheckedIOException("There is no room for the runtime client.", e);
    }
  }

  /** What has a program's JVM load it; nothing where the client is not as expected. */
  List<String> options(Program program) {
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
      throw new UncheckedIOException("The runtime client can't be removed.", e);
    }
  }
}
