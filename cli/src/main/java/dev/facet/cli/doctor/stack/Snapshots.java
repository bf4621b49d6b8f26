package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** Checks that the version behind each alias is active, and restored from a snapshot. */
public record Snapshots(StackPort stack, FunctionPort functions) implements Check {

  @Override
  public String name() {
    return "snapshots";
  }

  @Override
  public Diagnosis run() {
    List<String> faults = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    List<String> aliases = stack.physicalIds("AWS::Lambda::Alias");
    for (String alias : aliases) {
      FunctionPort.Version version = functions.version(alias);
      String name = alias.replaceFirst("^.*:function:", "");
      if (!version.state().equals("Active")) {
        faults.add("%s is %s".formatted(name, version.state()));
      } else if (!version.snapStart() && !version.container()) {
        slow.add("%s has no snapshot".formatted(name));
      }
    }
    if (!faults.isEmpty()) {
      return Diagnosis.fault(
          String.join("; ", faults),
          "Invoke it once, and check the rules of the keep-alive schedule: they run daily.");
    }
    return Diagnosis.warningIfAny(
        slow,
        "Deploy again: cold starts take seconds without a snapshot.",
        "%d aliases have active versions".formatted(aliases.size()));
  }
}
