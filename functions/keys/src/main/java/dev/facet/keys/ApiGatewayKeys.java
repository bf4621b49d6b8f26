package dev.facet.keys;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyRecord;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * {@link GatewayKeys} in API Gateway. Each key has the value of our key, the name {@code
 * facet-RECORD}, by which it is found, and the tag {@code facet:record}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans and API keys</a>
 */
public final class ApiGatewayKeys implements GatewayKeys {

  /** The tag of every key; the repair function may delete keys with this tag only. */
  public static final String TAG = "facet:record";

  private static final String KEY_TYPE = "API_KEY";

  private final ApiGatewayClient client;

  // a key joins its plan right after its creation, when a listing may not show it yet
  private final Map<UUID, String> made = new ConcurrentHashMap<>();

  /** Creates access to the keys of the account and region that a client calls. */
  public ApiGatewayKeys(ApiGatewayClient client) {
    this.client = client;
  }

  @Override
  public Optional<Presence> find(UUID record) {
    return id(record).map(id -> new Presence(isPlanned(id)));
  }

  @Override
  public void create(KeyRecord record, ApiKey key) {
    if (id(record.id()).isEmpty()) {
      var created =
          calling(
              () ->
                  client.createApiKey(
                      create ->
                          create
                              .name(name(record.id()))
                              .value(key.secret())
                              .enabled(true)
                              .generateDistinctId(true)
                              .customerId(record.customerId())
                              .tags(Map.of(TAG, record.id().toString()))));
      made.put(record.id(), created.id());
    }
  }

  @Override
  public void join(KeyRecord record) {
    String plan = record.usagePlanId();
    String id =
        id(record.id())
            .orElseThrow(
                () ->
                    new TransientFault(
                        TransientFault.Kind.UNAVAILABLE, "The gateway does not show the key yet."));
    calling(() -> joined(id, plan));
  }

  @Override
  public void enable(UUID record, boolean enabled) {
    PatchOperation change =
        PatchOperation.builder()
            .op(Op.REPLACE)
            .path("/enabled")
            .value(Boolean.toString(enabled))
            .build();
    id(record)
        .ifPresent(
            id ->
                calling(() -> client.updateApiKey(key -> key.apiKey(id).patchOperations(change))));
  }

  @Override
  public void delete(UUID record) {
    id(record).ifPresent(id -> calling(() -> deleted(id)));
    made.remove(record);
  }

  private boolean joined(String id, @Nullable String plan) {
    try {
      client.createUsagePlanKey(join -> join.usagePlanId(plan).keyId(id).keyType(KEY_TYPE));
      return true;
    } catch (ConflictException there) {
      return false;
    } catch (NotFoundException e) {
      throw new InvalidRequest("There is no usage plan " + plan + ".");
    }
  }

  private boolean deleted(String id) {
    try {
      client.deleteApiKey(delete -> delete.apiKey(id));
      return true;
    } catch (NotFoundException gone) {
      return false;
    }
  }

  private boolean isPlanned(String id) {
    return !calling(() -> client.getUsagePlans(plans -> plans.keyId(id)).items()).isEmpty();
  }

  private Optional<String> id(UUID record) {
    return Optional.ofNullable(made.get(record)).or(() -> listed(record));
  }

  /** Finds a key by its name. The name query matches prefixes, so the results are compared. */
  private Optional<String> listed(UUID record) {
    String name = name(record);
    return calling(
        () ->
            client.getApiKeysPaginator(keys -> keys.nameQuery(name)).items().stream()
                .filter(key -> name.equals(key.name()))
                .map(key -> key.id())
                .findFirst());
  }

  private static String name(UUID record) {
    return "facet-" + record;
  }
}
