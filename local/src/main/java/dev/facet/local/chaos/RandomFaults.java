package dev.facet.local.chaos;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * Random faults of DynamoDB, each in a share of its calls.
 *
 * @param throttle the share of calls that are rejected for load and have no effect; 0..1
 * @param timeout the share of calls that take effect and lose their response; 0..1
 * @param random selects the calls
 */
public record RandomFaults(double throttle, double timeout, RandomGenerator random)
    implements Chaos {

  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  /** Checks the ranges. */
  public RandomFaults {
    if (!(throttle >= 0 && timeout >= 0 && throttle + timeout <= 1)) {
      throw new IllegalArgumentException("the shares of faults and their sum must be 0 to 1");
    }
  }

  @Override
  public SdkResponse around(SdkRequest request, Supplier<SdkResponse> call) {
    if (!(request instanceof DynamoDbRequest)) {
      return call.get();
    }
    double chance = random.nextDouble();
    if (chance < throttle) {
      throw ProvisionedThroughputExceededException.builder()
          .awsErrorDetails(AwsErrorDetails.builder().errorCode(THROTTLED).build())
          .statusCode(400)
          .build();
    }
    SdkResponse response = call.get();
    if (chance < throttle + timeout) {
      throw ApiCallTimeoutException.builder().message("injected timeout").build();
    }
    return response;
  }
}
