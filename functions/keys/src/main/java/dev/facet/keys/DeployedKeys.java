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
 * The life cycle of a deployment's keys: records in DynamoDB, keys in API Gateway.
 *
 * @param dynamo for the records
 * @param apiGateway for the gateway's keys
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

  /** Where the environment says that the caller is, as in Lambda. */
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
