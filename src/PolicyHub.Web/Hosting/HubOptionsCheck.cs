using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PolicyHub.Web.Hosting;

/// <summary>Says what is wrong with the settings by the names that whoever set them knows.</summary>
internal sealed class HubOptionsCheck : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var wrong = Sentences(options, HubOptions.Section).Concat(Sentences(options.Remote, $"{HubOptions.Section}:{nameof(HubOptions.Remote)}")).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Sentences(object options, string section)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        return found.Select(result => $"The setting {section}:{string.Concat(result.MemberNames)} {result.ErrorMessage}.");
    }
}
