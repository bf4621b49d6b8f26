package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what protects the stores, and what makes them forget. */
public record Recovery(StackPort stack, StorePort stores) implements Check {

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public Diagnosis run() {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String output : List.of("DataTable", "KeysTable", "LedgerTable")) {
      StorePort.TableRecovery table = stores.recovery(stack.output(output));
      if (table.recoveryDays().isEmpty()) {
        faults.add(output + " has no point-in-time recovery");
      }
      if (!table.deletionProtection()) {
        warnings.add(output + " has no deletion protection");
      }
    }
    StorePort.BucketRetention bucket = stores.retention(stack.output("ImagesBucket"));
    if (bucket.versioned()) {
      faults.add("ImagesBucket keeps versions of deleted photos");
    }
    if (bucket.expirationDays().isEmpty()) {
      faults.add("ImagesBucket never deletes photos");
    }
    for (String key : stack.physicalIds("AWS::KMS::Key")) {
      if (stores.rotation(key).equals(Optional.of(false))) {
        warnings.add("the key %s is not rotated".formatted(key));
      }
    }
    if (!stack.terminationProtection()) {
      warnings.add("the stack has no termination protection");
    }
    warnings.addAll(faults);
    String advice = "Deploy again with deletionProtection=true, recoveryDays and imageDays.";
    return faults.isEmpty()
        ? Diagnosis.warningIfAny(
            warnings, advice, "tables can be recovered and not be deleted; photos expire")
        : Diagnosis.fault(String.join("; ", warnings), advice);
  }
}
