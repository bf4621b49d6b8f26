package dev.facet.local.service;

import static java.util.stream.Collectors.joining;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.Tables;
import dev.facet.keys.ApiGatewayKeys;
import dev.facet.local.sdk.ClientProxy;
import dev.facet.local.sdk.ClientProxy.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Records the AWS calls of one function as IAM sees them: the action, the resource and, where
 * policies have conditions on it, the context.
 *
 * <p>A resource is the environment variable that names it, or a path of API Gateway. The context is
 * the beginning of an item's partition key, the key of an encryption context, or the tags of a
 * resource. A request of an unknown type is a failure, so that a new call can't go unrecorded.
 */
final class CallRecorder {

  private static final Pattern PARTITION_CONDITION =
      Pattern.compile(Tables.PARTITION + " = (:[a-z]+).*");

  private final Map<String, String> resources;
  private final Predicate<String> refused;
  private final SortedSet<String> calls = new ConcurrentSkipListSet<>();

  /**
   * @param environment the variables that name resources, with their values
   * @param refused the actions that are answered by 403
   */
  CallRecorder(Map<String, String> environment, Predicate<String> refused) {
    this.resources = environment;
    this.refused = refused;
  }

  /** Returns the calls so far. */
  Set<String> calls() {
    return calls;
  }

  /** Returns a client whose calls are recorded. */
  <C> C around(Class<C> type, C client) {
    Interceptor recording =
        (request, next) -> {
          List<String> made = describe(request).toList();
          calls.addAll(made);
          if (made.stream().anyMatch(refused)) {
            throw S3Exception.builder().statusCode(403).message("refused by the test").build();
          }
          return next.send(request);
        };
    return ClientProxy.around(type, client, recording);
  }

  private Stream<String> describe(SdkRequest request) {
    return switch (request) {
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream().map(this::describe);
      case SdkRequest single -> Stream.of(describeSingle(single));
    };
  }

  private String describe(TransactWriteItem item) {
    if (item.put() != null) {
      return item("PutItem", item.put().tableName(), item.put().item());
    }
    if (item.update() != null) {
      return item("UpdateItem", item.update().tableName(), item.update().key());
    }
    if (item.delete() != null) {
      return item("DeleteItem", item.delete().tableName(), item.delete().key());
    }
    return item(
        "ConditionCheckItem", item.conditionCheck().tableName(), item.conditionCheck().key());
  }

  private String describeSingle(SdkRequest request) {
    return switch (request) {
      case GetItemRequest get -> item("GetItem", get.tableName(), get.key());
      case PutItemRequest put -> item("PutItem", put.tableName(), put.item());
      case UpdateItemRequest update -> item("UpdateItem", update.tableName(), update.key());
      case DeleteItemRequest delete -> item("DeleteItem", delete.tableName(), delete.key());
      case QueryRequest query -> item("Query", query.tableName(), queried(query));
      case ScanRequest scan -> line("dynamodb:Scan", named(scan.tableName()));
      case PutObjectRequest put -> line("s3:PutObject", named(put.bucket()));
      case DeleteObjectRequest delete -> line("s3:DeleteObject", named(delete.bucket()));
      case SendMessageRequest send -> line("sqs:SendMessage", named(send.queueUrl()));
      case ReceiveMessageRequest get -> line("sqs:ReceiveMessage", named(get.queueUrl()));
      case DeleteMessageRequest del -> line("sqs:DeleteMessage", named(del.queueUrl()));
      case ChangeMessageVisibilityRequest change ->
          line("sqs:ChangeMessageVisibility", named(change.queueUrl()));
      case ChangeMessageVisibilityBatchRequest change ->
          line("sqs:ChangeMessageVisibility", named(change.queueUrl()));
      case GenerateMacRequest mac ->
          line("kms:GenerateMac", named(mac.keyId(), FunctionEnvironment.JOB_MAC_KEY));
      case GenerateDataKeyRequest key ->
          encryption("kms:GenerateDataKey", key.keyId(), key.encryptionContext());
      case DecryptRequest key -> encryption("kms:Decrypt", key.keyId(), key.encryptionContext());
      case InvokeRequest invoke -> line("lambda:InvokeFunction", named(invoke.functionName()));
      case GetApiKeysRequest _ -> line("apigateway:GET", "/apikeys");
      case GetUsagePlansRequest _ -> line("apigateway:GET", "/usageplans");
      case DeleteApiKeyRequest delete ->
          line("apigateway:DELETE", "/apikeys/*", tags(delete.apiKey()));
      case CreateUsagePlanKeyRequest _ -> line("apigateway:POST", "/usageplans/*/keys");
      default -> throw new AssertionError("no action is known for " + request.getClass());
    };
  }

  private String encryption(String action, String key, Map<String, String> context) {
    return line(
        action,
        named(key, FunctionEnvironment.JOB_KEY),
        context.keySet().stream().sorted().collect(joining(",")));
  }

  private static Map<String, AttributeValue> queried(QueryRequest query) {
    Matcher partition = PARTITION_CONDITION.matcher(query.keyConditionExpression());
    if (!partition.matches()) {
      throw new AssertionError("no partition in " + query.keyConditionExpression());
    }
    return Map.of(Tables.PARTITION, query.expressionAttributeValues().get(partition.group(1)));
  }

  private String item(String operation, String table, Map<String, AttributeValue> key) {
    String resource = named(table);
    String action = "dynamodb:" + operation;
    // the keys' table has no sort key, and no policy has a condition on its partitions
    return Optional.ofNullable(key.get(Tables.PARTITION))
        .map(value -> line(action, resource, value.s().replaceFirst("#.*", "#")))
        .orElseGet(() -> line(action, resource));
  }

  private static String tags(String apiKey) {
    return apiKey.startsWith(StandInGateway.TAGGED) ? ApiGatewayKeys.TAG : "none";
  }

  private String named(String value) {
    return resources.entrySet().stream()
        .filter(variable -> variable.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no variable names the resource " + value));
  }

  /** Returns the variable that names a key, which must be the given one. */
  private String named(String value, String variable) {
    if (!named(value).equals(variable)) {
      throw new AssertionError(value + " is not " + variable);
    }
    return variable;
  }

  private static String line(String... parts) {
    return String.join(" ", parts);
  }
}
