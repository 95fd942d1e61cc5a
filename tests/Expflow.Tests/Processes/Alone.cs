using Xunit;

namespace Expflow.Tests.Processes;

/// <summary>Tests that count descriptors or hold locks: a process that another test is just starting has them too, until it has become its program.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
