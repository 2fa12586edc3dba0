using PolicyHub.Benchmarks.Search;

if (args is ["search", .. var search])
{
    return SearchBenchmark.Run(search);
}

Console.WriteLine("benchmarks: search FOLDER QUERIES.tsv… [--copies N]");
return 1;
