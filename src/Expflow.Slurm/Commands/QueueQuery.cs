namespace Expflow.Slurm;

/// <summary>Which jobs of the queue.</summary>
public abstract record QueueQuery
{
    private QueueQuery() { }

    /// <summary>A row for each task of an array, instead of one for all that wait alike.</summary>
    public bool Unfold { get; init; }

    /// <summary>Also jobs that are over and that Slurm hasn't forgotten (<c>MinJobAge</c>).</summary>
    public bool Ended { get; init; }

    /// <summary>These jobs. Up to eight are asked for one by one, which costs the controller one record each; more at once cost it a look at every job of the cluster.</summary>
    /// <param name="Ids">Their ids; of arrays the array's own. None: no question at all.</param>
    public sealed record Jobs(params IReadOnlyList<SlurmJobId> Ids) : QueueQuery;

    /// <summary>All jobs of one user. The controller looks at every job of the cluster for it.</summary>
    public sealed record User : QueueQuery
    {
        /// <summary>All jobs of this user.</summary>
        /// <exception cref="ArgumentException">No name, which to Slurm would mean everybody.</exception>
        public User(string name)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            Name = name;
        }

        /// <summary>The user's name.</summary>
        public string Name { get; }
    }

    /// <summary>All jobs of one name. The controller looks at every job of the cluster for it.</summary>
    public sealed record Named : QueueQuery
    {
        /// <summary>All jobs of this name.</summary>
        /// <exception cref="ArgumentException">No name, or one with a comma, which to Slurm would be two names.</exception>
        public Named(string name)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            if (name.Contains(',', StringComparison.Ordinal))
                throw new ArgumentException("Slurm can't be asked for a job name with a comma.", nameof(name));
            Name = name;
        }

        /// <summary>The jobs' name.</summary>
        public string Name { get; }
    }
}
