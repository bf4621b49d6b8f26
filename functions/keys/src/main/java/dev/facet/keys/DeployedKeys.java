package dev.facet.keys;

import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyLifecycle;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The life cycle of a deployment's keys, with records in DynamoDB and gateway keys in API Gateway.
 *
 * @param dynamo the client for the records
 * @param apiGateway the client for the gateway keys
 */
record DeployedKeys(DynamoDbClient dynamo, ApiGatewayClient apiGateway) implements AutoCloseable {

  KeyLifecycle lifecycle(Tables tables) {
    GatewayKeys gateway = new ApiGatewayKeys(apiGateway);
    return new KeyLifecycle(
        new DynamoKeyStore(dynamo, tables),
        new DynamoApplicationStore(dynamo, tables),
        gateway,
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** Creates clients with the region and credentials of the environment, as in Lambda. */
  static DeployedKeys fromEnvironment() {
    return new DeployedKeys(
        AwsClients.dynamoDb().build(), AwsClients.small(ApiGatewayClient.builder()).build());
  }

  @Override
  public void close() {
    dynamo.close();
    apiGateway.close();
  }
}
