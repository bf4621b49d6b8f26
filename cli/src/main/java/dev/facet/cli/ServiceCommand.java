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
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command that calls the {@code /v1} API. Lines about a subject start with its id, so that
 * scripts can extract it. Exit status 0 means done or found; 1 means not found, not verified or
 * refused.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
abstract sealed class ServiceCommand implements Callable<Integer> {

  private static final String PHOTO = "JPEG, PNG, BMP, GIF or WebP";
  private static final String ID = "the person's id";

  private final Function<Credentials, FacetClient> clients;
  final PrintWriter out;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      defaultValue = ".facet/credentials.json",
      description = "the credentials that 'facet serve' wrote (${DEFAULT-VALUE})")
  private Path credentials;

  private ServiceCommand(Function<Credentials, FacetClient> clients, PrintWriter out) {
    this.clients = clients;
    this.out = out;
  }

  /** The command {@code register}. */
  @Command(
      name = "register",
      mixinStandardHelpOptions = true,
      description = "Enrols the person in a photo and prints the new id.")
  static final class Register extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "PHOTO", description = PHOTO)
    private Path photo;

    Register(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      byte[] image = NamedFile.bytes("PHOTO", photo);
      return enrolled(client().register(image));
    }
  }

  /** The command {@code update}. */
  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description = "Replaces the enrolled face of a person by the one in another photo.")
  static final class Update extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id;

    @Parameters(index = "1", paramLabel = "PHOTO", description = PHOTO)
    private Path photo;

    Update(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      byte[] image = NamedFile.bytes("PHOTO", photo);
      return enrolled(client().update(id, image));
    }
  }

  /** The command {@code search}. */
  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      description = "Lists the enrolled people most similar to the face in a photo, best first.")
  static final class Search extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "PHOTO", description = PHOTO)
    private Path photo;

    @Option(
        names = "--threshold",
        paramLabel = "SCORE",
        defaultValue = "7000",
        description = "the minimum score, 0..9999 (${DEFAULT-VALUE})")
    private int threshold;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "10",
        description = "the maximum number of people, 1..50 (${DEFAULT-VALUE})")
    private int limit;

    Search(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      byte[] image = NamedFile.bytes("PHOTO", photo);
      List<Candidate> candidates = client().search(image, threshold, limit);
      candidates.forEach(candidate -> out.println(candidate.id() + "  score " + candidate.score()));
      if (candidates.isEmpty()) {
        out.println("no candidate scores %s or more".formatted(threshold));
      }
      return candidates.isEmpty() ? 1 : 0;
    }
  }

  /** The command {@code verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks whether a photo shows a given person, and prints the score.")
  static final class Verify extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id;

    @Parameters(index = "1", paramLabel = "PHOTO", description = PHOTO)
    private Path photo;

    Verify(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      byte[] image = NamedFile.bytes("PHOTO", photo);
      OptionalInt score = client().verify(id, image);
      out.println(
          score.isPresent() ? id + "  verified, score " + score.getAsInt() : id + "  not verified");
      return score.isPresent() ? 0 : 1;
    }
  }

  /** The command {@code delete}. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a person permanently.")
  static final class Delete extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id;

    Delete(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      client().delete(id);
      out.println(id + "  deleted");
      return 0;
    }
  }

  /** The command {@code extract}. */
  @Command(
      name = "extract",
      mixinStandardHelpOptions = true,
      description = "Describes the faces in a photo, largest first.")
  static final class Extract extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "PHOTO", description = PHOTO)
    private Path photo;

    Extract(Function<Credentials, FacetClient> clients, PrintWriter out) {
      super(clients, out);
    }

    @Override
    public Integer call() {
      byte[] image = NamedFile.bytes("PHOTO", photo);
      client().extract(image).forEach(face -> out.println(Summary.of(face)));
      return 0;
    }
  }

  final int enrolled(Enrolled enrolled) {
    out.println(enrolled.id() + "  " + Summary.of(enrolled.attributes()));
    return 0;
  }

  final FacetClient client() {
    try {
      return clients.apply(Credentials.read(credentials));
    } catch (IOException e) {
      throw new UnusableArgument(
          "--credentials",
          "'%s' must be the credentials.json of a service; 'facet serve' writes it"
              .formatted(credentials));
    }
  }
}
