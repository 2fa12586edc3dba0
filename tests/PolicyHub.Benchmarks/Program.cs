using System.CommandLine;
using PolicyHub.Benchmarks;
using PolicyHub.Benchmarks.Audit;
using PolicyHub.Benchmarks.Bare;
using PolicyHub.Benchmarks.Editing;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Benchmarks.Past;
using PolicyHub.Benchmarks.Publishing;
using PolicyHub.Benchmarks.Search;

// Measures the site on one repository, as ratios within one run, and prints tables for a note:
//   dotnet run -c Release --project tests/PolicyHub.Benchmarks -- --library REPOSITORY [--runs 5]
// Two other commands measure search; the rest are children that this one starts.
var library = new Option<DirectoryInfo>("--library") { Description = "A git repository of Markdown.", Required = true };
var runs = new Option<int>("--runs") { Description = "Runs of each measure; medians are printed.", DefaultValueFactory = _ => 5 };
var program = new Option<FileInfo>("--program")
{
    Description = "The policyhub.dll whose start is measured, such as a published one (default: the one of this build).",
    DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "policyhub.dll")),
};
var urls = new Option<string>("--urls") { Required = true };
var length = new Option<int>("--length") { Required = true };
var data = new Option<string>("--data") { Required = true };
var served = new Option<string>("--library") { DefaultValueFactory = _ => "" };

var root = new RootCommand("Benchmarks of PolicyHub.") { library, runs, program };
root.SetAction((parsed, cancellation) => LibraryBenchmark.RunAsync(parsed.GetRequiredValue(library).FullName, parsed.GetValue(runs), parsed.GetRequiredValue(program).FullName, cancellation));
var bare = new Command("bare", "The bare Razor app.") { urls, length };
bare.SetAction((parsed, _) => BareApp.RunAsync(parsed.GetRequiredValue(urls), parsed.GetValue(length)));
var serve = new Command("serve", "The site, telling its memory on request.") { urls, data, served };
serve.SetAction((parsed, _) => SiteChild.RunAsync(parsed.GetRequiredValue(urls), parsed.GetRequiredValue(data), parsed.GetRequiredValue(served)));
var searchArguments = new Argument<string[]>("arguments") { Description = "FOLDER QUERIES.tsv… [--copies N]" };
var search = new Command("search", "Speed and relevance of search over a folder of Markdown.") { searchArguments };
search.SetAction(parsed => SearchBenchmark.Run(parsed.GetRequiredValue(searchArguments)));
var rivalProgram = new Argument<FileInfo>("program") { Description = "The other engine, see RivalBenchmark." };
var rivalConfiguration = new Argument<string>("configuration") { Description = "What it is told to be, such as sec:dis:3:2:1:fuzzy." };
var rivalFolder = new Argument<DirectoryInfo>("folder") { Description = "Markdown to search." };
var rivalQueries = new Argument<FileInfo[]>("queries") { Description = "Files of queries; the last words of prefix.tsv are unfinished. None, for rival: questions made from the text.", Arity = ArgumentArity.ZeroOrMore };
var copies = new Option<int>("--copies") { Description = "So many times the text, changed in part.", DefaultValueFactory = _ => 1 };
var rival = new Command("rival", "Search beside another engine.") { rivalProgram, rivalConfiguration, rivalFolder, rivalQueries, copies };
rival.SetAction((parsed, cancellation) => RivalBenchmark.RunAsync(
    parsed.GetRequiredValue(rivalProgram).FullName,
    parsed.GetRequiredValue(rivalConfiguration),
    parsed.GetRequiredValue(rivalFolder).FullName,
    [.. parsed.GetRequiredValue(rivalQueries).Select(file => file.FullName)],
    parsed.GetValue(copies),
    cancellation));
root.Subcommands.Add(rival);
var servedCopies = new Option<int>("--copies") { Description = "So many times the text, changed in part.", DefaultValueFactory = _ => 3 };
var servedSearch = new Command("served", "What a search over HTTP costs.") { rivalFolder, rivalQueries, servedCopies };
servedSearch.SetAction((parsed, _) => ServedSearchBenchmark.RunAsync(
    parsed.GetRequiredValue(rivalFolder).FullName, [.. parsed.GetRequiredValue(rivalQueries).Select(file => file.FullName)], parsed.GetValue(servedCopies)));
root.Subcommands.Add(servedSearch);
var written = new Argument<string>("out") { Description = "The bare repository to make." };
var writtenLibrary = new Command("library", "Writes the library that served searches, such as for POLICYHUB_TYPING_LIBRARY.") { rivalFolder, written, servedCopies };
writtenLibrary.SetAction(parsed => ServedSearchBenchmark.WriteLibrary(parsed.GetRequiredValue(rivalFolder).FullName, parsed.GetRequiredValue(written), parsed.GetValue(servedCopies)));
root.Subcommands.Add(writtenLibrary);
root.Subcommands.Add(search);
var contractArguments = new Argument<string[]>("arguments") { Description = "FOLDER QUERIES.tsv… [--count 500] [--sections 10000]" };
var contracts = new Command("contracts", "How long search contracts take to be checked.") { contractArguments };
contracts.TreatUnmatchedTokensAsErrors = false;
contracts.SetAction(parsed => ContractsBenchmark.Run([.. parsed.GetRequiredValue(contractArguments), .. parsed.UnmatchedTokens]));
root.Subcommands.Add(contracts);
var folder = new Argument<DirectoryInfo>("folder") { Description = "Markdown to learn the statistics of text from." };
var queries = new Argument<FileInfo>("queries") { Description = "A file of queries, as search takes it." };
var sections = new Option<int[]>("--sections") { Description = "Sizes of the libraries.", DefaultValueFactory = _ => [1_000, 10_000, 33_000, 100_000], AllowMultipleArgumentsPerToken = true };
var growth = new Command("growth", "Speed, memory and building of search on generated libraries of growing size.") { folder, queries, sections };
growth.SetAction(parsed => GrowthBenchmark.Run(parsed.GetRequiredValue(folder).FullName, parsed.GetRequiredValue(queries).FullName, parsed.GetRequiredValue(sections)));
root.Subcommands.Add(growth);
var past = new Command("past", "Pages of past days, history, comparisons and the search of history.") { library, runs };
past.SetAction((parsed, cancellation) => PastBenchmark.RunAsync(parsed.GetRequiredValue(library).FullName, parsed.GetValue(runs), cancellation));
root.Subcommands.Add(past);
var agreement = new Command("agreement", "Whether version lists and past days are what git itself says.") { library };
agreement.SetAction((parsed, cancellation) => AgreementCheck.RunAsync(parsed.GetRequiredValue(library).FullName, cancellation));
root.Subcommands.Add(agreement);
var rows = new Option<int>("--rows") { Description = "Rows to add in each run.", DefaultValueFactory = _ => 2000 };
var audit = new Command("audit", "Rows of the audit log a second, in both databases.") { rows, runs };
audit.SetAction((parsed, cancellation) => AuditBenchmark.RunAsync(parsed.GetValue(rows), parsed.GetValue(runs), cancellation));
root.Subcommands.Add(audit);
var pageWords = new Option<int>("--words") { Description = "Words of the page.", DefaultValueFactory = _ => 2000 };
var times = new Option<int>("--times") { Description = "How often each is measured.", DefaultValueFactory = _ => 300 };
var editing = new Command("editing", "What one waits for while writing a change.") { pageWords, times };
editing.SetAction((parsed, _) => EditingBenchmark.RunAsync(parsed.GetValue(pageWords), parsed.GetValue(times)));
root.Subcommands.Add(editing);
var publishedSections = new Option<int>("--sections") { Description = "Size of the library.", DefaultValueFactory = _ => 10_000 };
var publications = new Option<int>("--times") { Description = "Publications.", DefaultValueFactory = _ => 50 };
var publishing = new Command("publishing", "From the last yes to a page that shows it and a search that finds it.") { publishedSections, publications };
publishing.SetAction((parsed, cancellation) => PublishBenchmark.RunAsync(parsed.GetValue(publishedSections), parsed.GetValue(publications), cancellation));
root.Subcommands.Add(publishing);
root.Subcommands.Add(bare);
root.Subcommands.Add(serve);
return await root.Parse(args).InvokeAsync();
