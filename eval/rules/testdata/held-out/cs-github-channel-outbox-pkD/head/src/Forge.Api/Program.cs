using Forge.Api.Webhooks;
using Forge.Data;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);

builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024);
builder.Services.AddDbContext<ForgeDb>(o => o.UseNpgsql(builder.Configuration.GetConnectionString("Forge")));
builder.Services.AddOptions<GithubOptions>()
    .BindConfiguration("GitHub")
    .Validate(o => o.WebhookSecret is { Length: >= 20 }, "GitHub:WebhookSecret is missing or short")
    .ValidateOnStart();
builder.Services.AddScoped<DeliveryEndpoint>();
builder.Services.AddHostedService<DeliveryWorker>();

var app = builder.Build();
app.MapPost("/webhooks/github", (DeliveryEndpoint endpoint, HttpRequest request, CancellationToken ct) =>
    endpoint.HandleAsync(request, ct));
app.Run();
