package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.NotReadable;
import dev.facet.cli.doctor.stack.StackPort;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** {@link StackPort} on CloudFormation. */
public final class AwsStack implements StackPort {

  private final CloudFormationClient client;
  private final String name;

  /** Creates access to a stack. */
  public AwsStack(CloudFormationClient client, String name) {
    this.client = client;
    this.name = name;
  }

  @Override
  public Map<String, String> outputs() {
    return described().outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  @Override
  public List<Resource> resources() {
    return Reading.of(
        "stack " + name,
        () ->
            client
                .listStackResourcesPaginator(list -> list.stackName(name))
                .stackResourceSummaries()
                .stream()
                .filter(summary -> summary.physicalResourceId() != null)
                .map(AwsStack::resource)
                .toList());
  }

  private static Resource resource(StackResourceSummary summary) {
    return new Resource(
        summary.logicalResourceId(), summary.resourceType(), summary.physicalResourceId());
  }

  @Override
  public boolean terminationProtection() {
    return Boolean.TRUE.equals(described().enableTerminationProtection());
  }

  private Stack described() {
    return Reading.of(
            "stack " + name, () -> client.describeStacks(describe -> describe.stackName(name)))
        .stacks()
        .stream()
        .findFirst()
        .orElseThrow(() -> new NotReadable("there is no stack " + name));
  }
}
