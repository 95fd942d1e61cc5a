using Xunit;

namespace Expflow.ClusterTests;

/// <summary>Tests that each have a cluster to themselves, and a project. They run beside each other where there are several clusters.</summary>
public abstract class ClusterTest(Clusters clusters) : IAsyncLifetime
{
    protected Cluster Cluster { get; private set; } = null!;

    protected ScratchProject Project { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await clusters.Borrow();
        Project = new(Cluster);
    }

    /// <summary>Looks every 0.1 s until it holds; after <paramref name="seconds"/> the test fails, showing queue, controller and project.</summary>
    protected Task WaitFor(string condition, Func<Task<bool>> holds, double seconds = 60) =>
        Wait.For(() => condition, holds, seconds, Cluster.Describe, Project.Describe);

    /// <inheritdoc cref="WaitFor(string, Func{Task{bool}}, double)"/>
    protected Task WaitFor(string condition, Func<bool> holds, double seconds = 60) =>
        WaitFor(condition, () => Task.FromResult(holds()), seconds);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Cluster is null)
            return;
        await clusters.Return(Cluster);
        Project.Dispose();
    }
}
