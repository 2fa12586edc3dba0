return await PolicyHub.Web.CommandLine.PolicyHubCommand.RunAsync(args, Console.Out, Console.Error);
