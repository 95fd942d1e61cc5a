using Expflow.Cli;

var with = Composition.OfThisProcess();
try
{
    return await CommandTree.RunAsync(args, with);
}
// Every expected failure is a value; what arrives here is a mistake of ours, and the user should be able to report it.
catch (Exception bug) when (bug is not OutOfMemoryException)
{
    with.Terminal.Complain($"This is a bug in expflow {BuildVersion.Text}. Report it with the lines below.\n{bug}");
    return ExitCode.Bug;
}
finally
{
    with.Terminal.Flush();
}
