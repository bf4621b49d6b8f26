package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.spec.ApiSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A sound stack in memory, whose parts a test may spoil. */
final class FakeStack implements StackPort, ApiPort, FunctionPort, AlarmPort, StorePort {

  final Map<String, String> outputs = new HashMap<>(StackChecksTest.outputs());
  final List<Resource> resources =
      new ArrayList<>(
          List.of(
              new Resource("Search", "AWS::Lambda::Function", "Search"),
              new Resource("Live", "AWS::Lambda::Alias", "arn:aws:lambda:x:1:function:Search:live"),
              new Resource("Errors", "AWS::CloudWatch::Alarm", "errors"),
              new Resource("Key", "AWS::KMS::Key", "key-1"),
              new Resource("Log", "AWS::Logs::LogGroup", "/facet/search")));
  final List<Method> methods = new ArrayList<>();
  final List<String> unlimitedLogs = new ArrayList<>();
  final SortedMap<String, List<String>> galleries = new TreeMap<>();
  final Map<String, String> queues =
      new HashMap<>(
          Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"arn:dead\",\"maxReceiveCount\":3}"));
  final Map<String, String> dead =
      new HashMap<>(
          Map.of(
              "QueueArn", "arn:dead",
              "MessageRetentionPeriod", "1209600",
              "ApproximateNumberOfMessages", "0"));
  List<String> domainPolicies = new ArrayList<>();
  Connections connections = new Connections("SecurityPolicy_TLS13_1_2_X", "STRICT", false);
  boolean terminationProtection = true;
  int quota = 1000;
  OptionalInt reserved = OptionalInt.empty();
  OptionalInt provisioned = OptionalInt.empty();
  Version version = new Version("3", "Active", true, false);
  Alarm alarm = new Alarm("errors", true, List.of("arn:topic"), "OK");
  List<Boolean> subscriptions = List.of(true);
  OptionalDouble age = OptionalDouble.empty();
  TableRecovery table = new TableRecovery(OptionalInt.of(7), true);
  BucketRetention bucket = new BucketRetention(false, OptionalInt.of(365));
  boolean rotated = true;

  FakeStack() {
    deploy(ApiSpecification.bundled());
  }

  void deploy(ApiSpecification specification) {
    methods.clear();
    specification
        .operations()
        .forEach(
            operation ->
                methods.add(
                    new Method(
                        operation.method(),
                        operation.path(),
                        operation.signed() ? "AWS_IAM" : "NONE",
                        operation.keyed())));
  }

  List<Check> checks() {
    return List.of(
        new MethodAuthorization(this, this),
        new ConnectionSecurity(this, this),
        new Concurrency(this, this),
        new Snapshots(this, this),
        new Alarms(this, this),
        new Subscriptions(this, this),
        new Recovery(this, this),
        new LogRetention(this, this),
        new Queues(this, this, this),
        new Bundles(this, this));
  }

  @Override
  public Map<String, String> outputs() {
    return outputs;
  }

  @Override
  public List<Resource> resources() {
    return resources;
  }

  @Override
  public boolean terminationProtection() {
    return terminationProtection;
  }

  @Override
  public List<Method> methods(String restApi) {
    return methods;
  }

  @Override
  public Connections connections(String restApi) {
    return connections;
  }

  @Override
  public List<String> domainPolicies(List<String> domainNames) {
    return domainPolicies;
  }

  @Override
  public Quota quota() {
    return new Quota(quota);
  }

  @Override
  public OptionalInt reserved(String function) {
    return reserved;
  }

  @Override
  public OptionalInt provisioned(String alias) {
    return provisioned;
  }

  @Override
  public Version version(String alias) {
    return version;
  }

  @Override
  public List<Alarm> alarms(List<String> names) {
    return names.contains(alarm.name()) ? List.of(alarm) : List.of();
  }

  @Override
  public List<Boolean> subscriptions(String topic) {
    return subscriptions;
  }

  @Override
  public OptionalDouble oldestMessage(String queueName) {
    return queueName.equals("enrol") ? age : OptionalDouble.empty();
  }

  @Override
  public TableRecovery recovery(String name) {
    return table;
  }

  @Override
  public BucketRetention retention(String name) {
    return bucket;
  }

  @Override
  public Optional<Boolean> rotation(String key) {
    return Optional.of(rotated);
  }

  @Override
  public List<String> unlimitedLogs(List<String> logGroups) {
    return unlimitedLogs;
  }

  @Override
  public SortedMap<String, List<String>> galleriesWithoutBundle(
      String dataTable, Set<String> onBoard) {
    SortedMap<String, List<String>> missing = new TreeMap<>(galleries);
    missing.keySet().removeAll(onBoard);
    return missing;
  }

  @Override
  public Map<String, String> queue(String url) {
    return url.endsWith("dead") ? dead : queues;
  }
}
