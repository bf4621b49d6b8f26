package dev.facet.aws;

import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The mapping of SDK exceptions to faults, in one place. A temporary failure is a {@link
 * TransientFault}; any other (a missing permission or table, a malformed request) is a mistake of
 * the deployment or of this service. AWS's message stays with the cause; the fault's message names
 * the error code only.
 */
public final class AwsFaults {

  /** The codes of 4xx answers that pass by themselves. */
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "RequestTimeoutException",
          "OperationAborted",
          "ConditionalRequestConflict",
          "ResourceConflictException");

  /** The error code of an embedded store that refuses writes; its message is for callers. */
  public static final String STORAGE_UNAVAILABLE = "StorageUnavailable";

  private AwsFaults() {}

  /** Runs a call to the SDK and converts its exception to a fault. */
  public static <T> T calling(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw fault(e);
    }
  }

  /** Returns the fault that an exception stands for. */
  static Fault fault(SdkException e) {
    return switch (e) {
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          new TransientFault(Kind.UNAVAILABLE, "A store did not answer in time.", e);
      case TransactionConflictException _, TransactionInProgressException _ ->
          new TransientFault(Kind.CONFLICT, "Another transaction is under way.", e);
      case AwsServiceException service -> answered(service);
      default -> new TransientFault(Kind.UNAVAILABLE, "A store can't be reached.", e);
    };
  }

  private static Fault answered(AwsServiceException e) {
    if (e.isThrottlingException()) {
      return throttled(e);
    }
    if (code(e).equals(STORAGE_UNAVAILABLE)) {
      return new StorageUnavailable(e.awsErrorDetails().errorMessage());
    }
    if (e.statusCode() >= 500 || e.isClockSkewException()) {
      return new TransientFault(Kind.UNAVAILABLE, "A store failed.", e);
    }
    String code = code(e);
    if (PASSING.contains(code)) {
      return new TransientFault(Kind.UNAVAILABLE, "A store asks to repeat a request: " + code, e);
    }
    return new InternalFault("a store refused a request: " + code, e);
  }

  /** Returns the error code, or the status of an answer without one. */
  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "status " + e.statusCode() : code;
  }

  /** Returns the fault of a throttled request. */
  static TransientFault throttled(SdkException e) {
    return new TransientFault(Kind.THROTTLED, "A store is throttling requests.", e);
  }
}
