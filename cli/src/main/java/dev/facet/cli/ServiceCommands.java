package dev.facet.cli;

import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.client.FacetClient.Candidate;
import dev.facet.client.FacetClient.Enrolled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands that call the {@code /v1} API. Lines about a subject start with its id, so that
 * scripts can extract it. Exit status 0 means done or found; 1 means not found, not verified or
 * refused.
 */
@Command(name = "facet")
final class ServiceCommands {

  private static final String PHOTO = "JPEG, PNG, BMP, GIF or WebP";
  private static final String ID = "the subject";
  private static final String FILE = ".facet/credentials.json";
  private static final String FILE_HELP = "what 'facet serve' wrote (${DEFAULT-VALUE})";

  private final Function<Credentials, FacetClient> clients;
  private final PrintWriter out;

  ServiceCommands(Function<Credentials, FacetClient> clients, PrintWriter out) {
    this.clients = clients;
    this.out = out;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Enrols the person in a photo and prints the new id.")
  int register(
      @Parameters(paramLabel = "PHOTO", description = PHOTO) Path photo,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    return enrolled(client(credentials).register(image));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Replaces what is known of a person by another photo.")
  int update(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Parameters(paramLabel = "PHOTO", description = PHOTO) Path photo,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    return enrolled(client(credentials).update(id, image));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists the enrolled people most like the one in a photo, best first.")
  int search(
      @Parameters(paramLabel = "PHOTO", description = PHOTO) Path photo,
      @Option(
              names = "--threshold",
              paramLabel = "SCORE",
              defaultValue = "7000",
              description = "the least score, 0..9999 (${DEFAULT-VALUE})")
          int threshold,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description = "the most people, 1..50 (${DEFAULT-VALUE})")
          int limit,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    List<Candidate> candidates = client(credentials).search(image, threshold, limit);
    candidates.forEach(candidate -> out.println(candidate.id() + "  score " + candidate.score()));
    if (candidates.isEmpty()) {
      out.println("nobody scores %s or more".formatted(threshold));
    }
    return candidates.isEmpty() ? 1 : 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Tells whether a photo shows a given person.")
  int verify(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Parameters(paramLabel = "PHOTO", description = PHOTO) Path photo,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    OptionalInt score = client(credentials).verify(id, image);
    out.println(
        score.isPresent() ? id + "  verified, score " + score.getAsInt() : id + "  not verified");
    return score.isPresent() ? 0 : 1;
  }

  @Command(mixinStandardHelpOptions = true, description = "Removes a person for good.")
  int delete(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    client(credentials).delete(id);
    out.println(id + "  deleted");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Describes the faces in a photo, largest first.")
  int extract(
      @Parameters(paramLabel = "PHOTO", description = PHOTO) Path photo,
      @Option(names = "--credentials", defaultValue = FILE, description = FILE_HELP)
          Path credentials) {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    client(credentials).extract(image).forEach(face -> out.println(Summary.of(face)));
    return 0;
  }

  private int enrolled(Enrolled enrolled) {
    out.println(enrolled.id() + "  " + Summary.of(enrolled.attributes()));
    return 0;
  }

  private FacetClient client(Path file) {
    try {
      return clients.apply(Credentials.read(file));
    } catch (IOException e) {
      throw new UnusableArgument(
          "--credentials",
          "'%s' must be the credentials.json of a service that has been started".formatted(file));
    }
  }
}
