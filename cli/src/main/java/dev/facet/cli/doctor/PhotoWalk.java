package dev.facet.cli.doctor;

import dev.facet.client.FacetClient;
import dev.facet.client.FacetException;
import java.util.OptionalInt;

/**
 * Registers, finds, verifies and deletes the person in a photo. The person is deleted also when a
 * step before fails.
 */
public final class PhotoWalk implements Check {

  private static final int THRESHOLD = 7000;
  private static final int LIMIT = 50;
  private static final String LOGS = "Read the logs of the functions, and the alarms.";

  private final FacetClient client;
  private final byte[] photo;

  /** Creates a walk with a photo of one prominent face. */
  public PhotoWalk(FacetClient client, byte[] photo) {
    this.client = client;
    this.photo = photo.clone();
  }

  @Override
  public String name() {
    return "photo walk";
  }

  @Override
  public Diagnosis run() {
    String id;
    try {
      id = client.register(photo).id();
    } catch (FacetException e) {
      return failed("register", e);
    }
    Diagnosis found = found(id);
    try {
      client.delete(id);
    } catch (FacetException e) {
      return Diagnosis.fault(
          "delete of %s: %s".formatted(id, e.getMessage()),
          "Delete it with './facet delete %s'. %s".formatted(id, LOGS));
    }
    return found.verdict() == Verdict.OK && isPresent(id)
        ? Diagnosis.fault("%s is still there after its deletion".formatted(id), LOGS)
        : found;
  }

  private Diagnosis found(String id) {
    try {
      if (client.search(photo, THRESHOLD, LIMIT).stream()
          .noneMatch(candidate -> candidate.id().equals(id))) {
        return Diagnosis.fault("search does not find the person just registered", LOGS);
      }
      OptionalInt score = client.verify(id, photo);
      return score.isPresent()
          ? Diagnosis.ok(
              "registered, found, verified (score %d) and deleted a person"
                  .formatted(score.getAsInt()))
          : Diagnosis.fault("verify does not recognise the photo just registered", LOGS);
    } catch (FacetException e) {
      return failed("search or verify", e);
    }
  }

  private boolean isPresent(String id) {
    try {
      client.delete(id);
      return true;
    } catch (FacetException.NotFound gone) {
      return false;
    } catch (FacetException e) {
      throw new NotReadable("delete, repeated: " + e.getMessage(), e);
    }
  }

  private static Diagnosis failed(String step, FacetException e) {
    String advice =
        switch (e) {
          case FacetException.Denied _ ->
              "The principal needs execute-api:Invoke, and the API key must be active.";
          case FacetException.Refused _ ->
              "Take a photo of one person from the front with --photo.";
          case FacetException.Throttled _ -> "Repeat it later, or with a larger plan.";
          case FacetException.NotFound _ -> LOGS;
          case FacetException.Unavailable _ -> LOGS;
        };
    return Diagnosis.fault(step + ": " + e.getMessage(), advice);
  }
}
