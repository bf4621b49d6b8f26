package dev.facet.aws;

import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Says what the SDK's exceptions mean, in one place. What will pass is a {@link TransientFault};
 * the rest (no permission, no such table, a malformed request) is a deployment's or our mistake.
 * AWS's own words stay with the cause: messages name the error code only.
 */
public final class AwsFaults {

  private AwsFaults() {}

  /** Makes a call; its failure is thrown as a fault. */
  public static <T> T calling(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw fault(e);
    }
  }

  /** The fault that an exception stands for. */
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
    if (e.statusCode() >= 500 || e.isClockSkewException()) {
      return new TransientFault(Kind.UNAVAILABLE, "A store failed.", e);
    }
    String code =
        e.awsErrorDetails() == null ? "" + e.statusCode() : e.awsErrorDetails().errorCode();
    return new InternalFault("a store refused a request: " + code, e);
  }

  /** A store refused for load. */
  static TransientFault throttled(SdkException e) {
    return new TransientFault(Kind.THROTTLED, "A store is throttling requests.", e);
  }
}
