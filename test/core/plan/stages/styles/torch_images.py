# %%
import torch
from torch import nn
import torchvision
from torchvision import datasets, transforms
import matplotlib.pyplot as plt
# %%
transform = transforms.Compose([
    transforms.ToTensor(),
    transforms.Normalize((0.1307,), (0.3081,)),
])
trainset = datasets.MNIST("data", train=True, download=True, transform=transform)
testset = datasets.MNIST("data", train=False, download=True, transform=transform)
# %%
trainloader = torch.utils.data.DataLoader(trainset, batch_size=64, shuffle=True, num_workers=2)
testloader = torch.utils.data.DataLoader(testset, batch_size=1000, shuffle=False, num_workers=2)
# %%
images, labels = next(iter(trainloader))
plt.imshow(images[0].squeeze(), cmap="gray")
plt.show()
# %%
net = nn.Sequential(
    nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(8 * 13 * 13, 10),
)
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
net.to(device)
print(net)
# %%
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
# %%
def train(epoch):
    net.train()
    for i, (x, y) in enumerate(trainloader):
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        if i % 100 == 0:
            print(epoch, i, loss.item())

def test():
    net.eval()
    correct = 0
    with torch.no_grad():
        for x, y in testloader:
            correct += (net(x.to(device)).argmax(1).cpu() == y).sum().item()
    return correct / len(testset)
# %%
accs = []
for epoch in range(2):
    train(epoch)
    accs.append(test())
    print("test acc", accs[-1])
# %%
plt.plot(accs)
# %%
classes = trainset.classes
correct_pred = {c: 0 for c in classes}
total_pred = {c: 0 for c in classes}
with torch.no_grad():
    for x, y in testloader:
        p = net(x.to(device)).argmax(1)
        for a, b in zip(y, p):
            if a == b:
                correct_pred[classes[a]] += 1
            total_pred[classes[a]] += 1
for c in classes:
    print(c, correct_pred[c] / total_pred[c])
# %%
torch.save(net.state_dict(), "mnist.pth")
