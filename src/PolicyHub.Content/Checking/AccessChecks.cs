using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Checking;

/// <summary>Access rules that name what is no group: nobody but an auditor reads what they close.</summary>
internal static class AccessChecks
{
    public static IEnumerable<Problem> Run(LibraryUnderCheck library) =>
        library.Documents
            .Select(document => (document.File, document.Document.Access, At: document.Document.WrittenAt.Of("access")))
            .Where(rule => rule.At.Line > 0)
            .Concat(library.Settings.Access.Select(rule => (File: SettingsReader.FileName, Access: rule.Value, At: library.Settings.WrittenAt.Of($"access.{rule.Key}"))))
            .SelectMany(rule => Reader.Parts(rule.Access)
                // What is no label at all was reported when it was read.
                .Where(label => label != AccessField.Nobody && !library.Settings.Groups.ContainsKey(label))
                .Select(label => ProblemCatalogue.UnknownGroup(rule.File, rule.At, label, library.Settings.Groups.Keys.Append(Reader.Public))));
}
