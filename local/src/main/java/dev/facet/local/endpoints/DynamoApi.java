package dev.facet.local.endpoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * DynamoDB's API for other processes, in front of the embedded database. All requests go through
 * the one client of this process, so that its durable transactions and fast queries apply to other
 * processes too.
 */
final class DynamoApi implements SignedEndpoint.Service {

  private static final DynamoDbObjectMapper JSON = new DynamoDbObjectMapper();

  private final Map<String, Operation<?>> operations;

  /** An operation's request type and its call. */
  private record Operation<I>(Class<I> request, Function<I, Object> call) {
    byte[] perform(byte[] body) throws IOException {
      return JSON.writeValueAsBytes(call.apply(JSON.readValue(body, request)));
    }
  }

  DynamoApi(DynamoDbClient client) {
    this.operations =
        Map.ofEntries(
            Map.entry("GetItem", new Operation<>(GetItemRequest.class, client::getItem)),
            Map.entry("PutItem", new Operation<>(PutItemRequest.class, client::putItem)),
            Map.entry("UpdateItem", new Operation<>(UpdateItemRequest.class, client::updateItem)),
            Map.entry("DeleteItem", new Operation<>(DeleteItemRequest.class, client::deleteItem)),
            Map.entry("Query", new Operation<>(QueryRequest.class, client::query)),
            Map.entry("Scan", new Operation<>(ScanRequest.class, client::scan)),
            Map.entry(
                "BatchGetItem", new Operation<>(BatchGetItemRequest.class, client::batchGetItem)),
            Map.entry(
                "BatchWriteItem",
                new Operation<>(BatchWriteItemRequest.class, client::batchWriteItem)),
            Map.entry(
                "TransactGetItems",
                new Operation<>(TransactGetItemsRequest.class, client::transactGetItems)),
            Map.entry(
                "TransactWriteItems",
                new Operation<>(TransactWriteItemsRequest.class, client::transactWriteItems)),
            Map.entry(
                "DescribeTable",
                new Operation<>(DescribeTableRequest.class, client::describeTable)));
  }

  @Override
  public Response handle(RawRequest request) {
    Operation<?> operation = operations.get(AwsJson.operation(request));
    if (operation == null) {
      return SignedEndpoint.error(
          400, "UnknownOperationException", "This operation is not supported.");
    }
    try {
      return Response.of(200, AwsJson.CONTENT_TYPE, operation.perform(request.body()));
    } catch (AwsServiceException error) {
      return errorResponse(error);
    } catch (SdkException | IOException failed) {
      return SignedEndpoint.error(500, "InternalServerError", failed.getClass().getSimpleName());
    }
  }

  private static Response errorResponse(AwsServiceException error) {
    ObjectNode body = JSON.createObjectNode().put("__type", type(error));
    body.put("message", error.getMessage());
    switch (error) {
      case TransactionCanceledException cancelled ->
          body.set("CancellationReasons", JSON.valueToTree(cancelled.cancellationReasons()));
      case ConditionalCheckFailedException failed when failed.hasItem() ->
          body.set("Item", JSON.valueToTree(failed.item()));
      default -> {}
    }
    try {
      return Response.of(
          error.statusCode() >= 500 ? error.statusCode() : 400,
          AwsJson.CONTENT_TYPE,
          JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the error's name: modelled exceptions have the same name as DynamoDB's error. */
  private static String type(AwsServiceException error) {
    String name = error.getClass().getSimpleName();
    boolean modelled = !name.equals("DynamoDbException");
    return modelled || error.awsErrorDetails() == null ? name : error.awsErrorDetails().errorCode();
  }
}
