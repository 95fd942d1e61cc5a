namespace VectorQuantization.Numerics;

/// <summary>Random orthogonal matrices.</summary>
public static class RandomRotation
{
    // Rows made orthogonal to all before them at once; of these, a thread takes so many that what came before is read seldom.
    private const int BlockRows = 32;
    private const int ThreadRows = 4;

    /// <summary>
    /// An orthogonal matrix drawn evenly from all of them (Haar's measure): the rows of a Gaussian matrix, made orthonormal one
    /// after the other in double precision, which is its QR decomposition with a positive diagonal.
    /// </summary>
    /// <param name="dimension">Rows and columns.</param>
    /// <param name="random">Where the Gaussian matrix comes from; the same stream gives the same bits on any number of threads.</param>
    /// <param name="threads">Threads to keep busy.</param>
    /// <param name="stop">Ends the work between blocks.</param>
    /// <returns>Row-major.</returns>
    public static float[] Dense(int dimension, RandomSequence random, int threads = 1, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        var rows = new double[dimension][];
        for (var i = 0; i < dimension; i++)
        {
            rows[i] = new double[dimension];
            for (var j = 0; j < dimension; j++)
                rows[i][j] = random.NextGaussian();
        }
        for (var first = 0; first < dimension; first += BlockRows)
        {
            var start = first;
            var count = Math.Min(BlockRows, dimension - start);
            RowBlocks.ForEach(
                count,
                ThreadRows,
                threads,
                (_, from, height) => TakeOff(rows, start, start + (int)from, height),
                stop
            );
            for (var row = start; row < start + count; row++)
                Finish(rows, start, row);
        }
        var matrix = new float[(long)dimension * dimension];
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = (float)rows[i / dimension][i % dimension];
        return matrix;
    }

    // What lies along rows 0 … done − 1 goes from rows 'first', 'first' + 1, …
    private static void TakeOff(double[][] rows, int done, int first, int count)
    {
        for (var before = 0; before < done; before++)
        {
            for (var row = first; row < first + count; row++)
                DoubleKernels.AddScaled(rows[row], -DoubleKernels.Dot(rows[row], rows[before]), rows[before]);
        }
    }

    private static void Finish(double[][] rows, int start, int row)
    {
        for (var before = start; before < row; before++)
            DoubleKernels.AddScaled(rows[row], -DoubleKernels.Dot(rows[row], rows[before]), rows[before]);
        DoubleKernels.Scale(rows[row], 1 / Math.Sqrt(DoubleKernels.Dot(rows[row], rows[row])));
    }
}
