using Grpc.Core;
using Grpc.Core.Interceptors;
using Gridwise.HeadEnd.V1;

namespace Gridwise.Metering.HeadEnd;

public static class HeadEndSetup
{
    public static void AddHeadEnd(this IServiceCollection services, Uri address)
    {
        services.AddSingleton(new DeadlineInterceptor(TimeSpan.FromSeconds(12)));
        services.AddGrpcClient<MeterService.MeterServiceClient>(options => options.Address = address)
            .AddInterceptor<DeadlineInterceptor>();
        services.AddTransient<MeterReadings>();
    }
}

internal sealed class DeadlineInterceptor(TimeSpan limit) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var options = context.Options.Deadline is null
            ? context.Options.WithDeadline(DateTime.UtcNow.Add(limit))
            : context.Options;
        return continuation(
            request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options));
    }
}
