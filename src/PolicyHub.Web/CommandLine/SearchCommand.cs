using System.CommandLine;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Search;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub search QUERY</c>: what search finds, as a reader with no group and as the box would while the last word is typed;
/// with <c>--queries FILE --run FILE</c>, for every line of a file.
/// </summary>
internal static class SearchCommand
{
    private const int MostTop = 1000;

    private static readonly Argument<string?> Query = new("query") { Description = "What to search for, in quotes.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<DeclaredMoment?> On = new("--on")
    {
        Description = "Search the library as it stood on a date, such as 2026-03-03.",
        CustomParser = result =>
        {
            if (DeclaredMoment.TryParse(result.Tokens.Single().Value, out var moment))
            {
                return moment;
            }

            result.AddError($"“{result.Tokens.Single().Value}” is no date; write it as 2026-03-03.");
            return null;
        },
    };

    private static readonly Option<bool> Explain = new("--explain") { Description = "Say of each word of the query what met it, and where." };

    private static readonly Option<int> Top = new("--top") { Description = "The most documents to list for a query (default: 10; 20 with --queries)." };

    private static readonly Option<FileInfo?> Queries = new("--queries") { Description = "A file with a query a line; what follows a tab is left out." };

    private static readonly Option<FileInfo?> Run = new("--run")
    {
        Description = "With --queries: the file to write, a line for each document found: line of the query, rank, path, anchor and score, parted by tabs.",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("search", "List what search finds, best first; exits with 1 when that is nothing.") { Query, On, Explain, Top, Queries, Run };
        LibraryOptions.AddTo(command);
        command.Validators.Add(parsed =>
        {
            var (query, queries, run) = (parsed.GetValue(Query), parsed.GetValue(Queries), parsed.GetValue(Run));
            if (query is null == queries is null || queries is null != run is null)
            {
                parsed.AddError("Give a query; or a file of them with --queries, and the file to write with --run.");
            }

            if (parsed.GetResult(Top) is not null && parsed.GetValue(Top) is < 1 or > MostTop)
            {
                parsed.AddError($"--top is a number from 1 to {MostTop}.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var options = HubApp.ReadOptions(LibraryOptions.Settings(parsed));
            var edition = await LibraryReading.ReadAsync(options, parsed.GetValue(On), TimeProvider.System.GetUtcNow(), cancellation);
            return parsed.GetValue(Queries) is { } queries
                ? await SearchRun.WriteAsync(edition, queries.FullName, parsed.GetValue(Run)!.FullName, parsed.GetValue(Top) is var top and > 0 ? top : 20, output, cancellation)
                : await ListAsync(edition, parsed.GetValue(Query)!, parsed.GetValue(Explain), parsed.GetValue(Top) is var few and > 0 ? few : 10, output);
        }
        catch (Exception refused) when (refused is StartRefusedException or GitException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("Not searched. " + refused.Message);
            return 1;
        }
    }

    private static async Task<int> ListAsync(Edition edition, string text, bool explain, int top, TextWriter output)
    {
        var query = new SearchQuery { Text = text, Limit = top };
        var results = edition.Search(query, Reader.Anyone);
        await output.WriteAsync(SearchPrinter.Print(
            results, hit => explain ? edition.Explain(query, Reader.Anyone, hit).Sentences(edition.Settings.Words) : []));
        return results.Hits.IsEmpty ? 1 : 0;
    }
}
