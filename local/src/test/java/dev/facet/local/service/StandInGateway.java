package dev.facet.local.service;

import dev.facet.keys.ApiGatewayKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyResponse;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;

/** API Gateway's keys in memory; none is on a plan yet. */
final class StandInGateway implements ApiGatewayClient {

  /** The beginning of the ids of keys with the tag of a record. */
  static final String TAGGED = "tagged-";

  private final Map<String, ApiKey> keys = new LinkedHashMap<>();

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateApiKeyResponse createApiKey(CreateApiKeyRequest create) {
    String prefix = create.tags().containsKey(ApiGatewayKeys.TAG) ? TAGGED : "";
    String id = prefix + keys.size();
    keys.put(id, ApiKey.builder().id(id).name(create.name()).build());
    return CreateApiKeyResponse.builder().id(id).build();
  }

  @Override
  public GetApiKeysResponse getApiKeys(GetApiKeysRequest list) {
    return GetApiKeysResponse.builder().items(keys.values()).build();
  }

  @Override
  public DeleteApiKeyResponse deleteApiKey(DeleteApiKeyRequest delete) {
    keys.remove(delete.apiKey());
    return DeleteApiKeyResponse.builder().build();
  }

  @Override
  public GetUsagePlansResponse getUsagePlans(GetUsagePlansRequest list) {
    return GetUsagePlansResponse.builder().build();
  }

  @Override
  public CreateUsagePlanKeyResponse createUsagePlanKey(CreateUsagePlanKeyRequest join) {
    return CreateUsagePlanKeyResponse.builder().build();
  }
}
