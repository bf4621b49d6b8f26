"""Prints template.yaml after SAM's transform, as CloudFormation receives it."""

import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoManagedPolicies:
    """No managed policies: the template uses none, and a look-up would need an account."""

    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as template:
    parsed = yaml_parse(template.read())
print(SamTemplateValidator(parsed, NoManagedPolicies(), region="ap-southeast-2").get_translated_template_if_valid())
