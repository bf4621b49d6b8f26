package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.List;

/** Checks that logs are deleted at some time. */
public record LogRetention(StackPort stack, StorePort stores) implements Check {

  @Override
  public String name() {
    return "log retention";
  }

  @Override
  public Diagnosis run() {
    List<String> groups = stack.physicalIds("AWS::Logs::LogGroup");
    return Diagnosis.warningIfAny(
        stores.unlimitedLogs(groups).stream().map(group -> group + " keeps logs for ever").toList(),
        "Deploy again with the setting logDays.",
        "%d log groups have a retention".formatted(groups.size()));
  }
}
