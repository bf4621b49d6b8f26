package dev.facet.local.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.local.data.Json;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.Response;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** SQS's API for other processes, in front of the embedded queues. */
final class SqsApi implements SignedEndpoint.Service {

  private final Map<String, Operation<?>> operations;

  /** An operation's request type and its call. */
  private record Operation<I>(
      Supplier<? extends SdkBuilder<?, I>> builder, Function<I, SdkPojo> call) {

    JsonNode perform(JsonNode body) {
      SdkBuilder<?, I> request = builder.get();
      SdkJson.read(body, (SdkPojo) request);
      return SdkJson.write(call.apply(request.build()));
    }
  }

  SqsApi(SqsClient client) {
    this.operations =
        Map.of(
            "GetQueueUrl", new Operation<>(GetQueueUrlRequest::builder, client::getQueueUrl),
            "GetQueueAttributes",
                new Operation<>(GetQueueAttributesRequest::builder, client::getQueueAttributes),
            "SendMessage", new Operation<>(SendMessageRequest::builder, client::sendMessage),
            "ReceiveMessage",
                new Operation<>(ReceiveMessageRequest::builder, client::receiveMessage),
            "DeleteMessage", new Operation<>(DeleteMessageRequest::builder, client::deleteMessage),
            "ChangeMessageVisibility",
                new Operation<>(
                    ChangeMessageVisibilityRequest::builder, client::changeMessageVisibility),
            "PurgeQueue", new Operation<>(PurgeQueueRequest::builder, client::purgeQueue));
  }

  @Override
  public Response handle(RawRequest request) {
    Operation<?> operation = operations.get(AwsJson.operation(request));
    if (operation == null) {
      return SignedEndpoint.error(
          400, "UnknownOperationException", "This operation is not supported.");
    }
    try {
      JsonNode reply = operation.perform(Json.MAPPER.readTree(request.body()));
      return Response.of(200, AwsJson.CONTENT_TYPE, Json.MAPPER.writeValueAsBytes(reply));
    } catch (AwsServiceException error) {
      return SignedEndpoint.error(
          error.statusCode(),
          error.awsErrorDetails().errorCode(),
          error.awsErrorDetails().errorMessage());
    } catch (SdkException | IOException | UnsupportedOperationException failed) {
      return SignedEndpoint.error(500, "InternalFailure", failed.getClass().getSimpleName());
    }
  }
}
